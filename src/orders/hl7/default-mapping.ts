/**
 * The mapping of IHE Radiology's Scheduled Workflow: orders (RAD-2, RAD-4, RAD-13 with HL7 v2.3.1 and v2.5.1) to the
 * attributes of the worklist (IHE RAD TF-2x Appendix B, PS3.4 Table K.6-1). Places of v2.5.1 stand before those of
 * v2.3.1. docs/orders.md explains it; --hl7-mapping changes it.
 */

import type { MappingSource } from './mapping.ts';

// ORC-7 became TQ1 with v2.5; OBR-27 repeats ORC-7, and OBR-36 is what is left when neither is filled.
const START = ['TQ1-7', 'ORC-7.4', 'OBR-27.4', 'OBR-36'];
const PRIORITY = ['TQ1-9', 'ORC-7.6', 'OBR-27.6', 'OBR-5'];

/** Of an issuer: an ID of another repetition, or that a mapping takes from elsewhere, must not get another's. */
const beside = (attribute: string, component: string) => ({ beside: attribute, component });

/** The other ambulatory states of table 0009. A code that is not in it may be a sender's own word for pregnancy. */
const NOT_ABOUT_PREGNANCY = Object.fromEntries(
  [...Array.from({ length: 10 }, (_, index) => `A${index}`), 'B1', 'B2', 'B3', 'B4', 'B5'].map((code) => [code, '']),
);

export const DEFAULT_MAPPING = {
  map: {
    PatientName: 'PID-5',
    PatientID: ['PID-3.1', 'PID-2.1'],
    IssuerOfPatientID: beside('PatientID', '4.1'),
    'IssuerOfPatientIDQualifiersSequence[0].UniversalEntityID': beside('PatientID', '4.2'),
    'IssuerOfPatientIDQualifiersSequence[0].UniversalEntityIDType': beside('PatientID', '4.3'),
    PatientBirthDate: 'PID-7',
    // Table 0001; DICOM has no more than these, and leaves unknown empty.
    PatientSex: { from: 'PID-8', table: { M: 'M', F: 'F', O: 'O', A: 'O', N: 'O', U: '' } },
    PatientWeight: ['OBX[3.2=Body Weight,6=kg]-5', 'OBX[3.1=29463-7,6=kg]-5'],
    PatientSize: ['OBX[3.2=Body Height,6=m]-5', 'OBX[3.1=8302-2,6=m]-5'],
    PatientState: ['OBR-12.2', 'OBR-12.1'],
    // Of several, B6 wherever it stands. 3: definitely pregnant (PS3.3 C.2.2).
    PregnancyStatus: { from: ['PV1-15[1=B6]', 'PV1-15'], table: { ...NOT_ABOUT_PREGNANCY, B6: '3' } },
    MedicalAlerts: { from: 'OBR-13', as: 'list' },
    Allergies: { from: ['AL1-3.2', 'AL1-3.1'], as: 'list' },

    AdmissionID: ['PV1-19.1', 'PID-18.1'],
    'IssuerOfAdmissionIDSequence[0].LocalNamespaceEntityID': beside('AdmissionID', '4.1'),
    'IssuerOfAdmissionIDSequence[0].UniversalEntityID': beside('AdmissionID', '4.2'),
    'IssuerOfAdmissionIDSequence[0].UniversalEntityIDType': beside('AdmissionID', '4.3'),
    CurrentPatientLocation: { from: 'PV1-3', as: 'joined' },
    ReferringPhysicianName: { from: 'PV1-8', as: 'person' },

    AccessionNumber: ['IPC-1.1', 'OBR-18'],
    'IssuerOfAccessionNumberSequence[0].LocalNamespaceEntityID': beside('AccessionNumber', '2'),
    'IssuerOfAccessionNumberSequence[0].UniversalEntityID': beside('AccessionNumber', '3'),
    'IssuerOfAccessionNumberSequence[0].UniversalEntityIDType': beside('AccessionNumber', '4'),
    RequestingPhysician: { from: ['OBR-16', 'ORC-12'], as: 'person' },
    PlacerOrderNumberImagingServiceRequest: ['ORC-2.1', 'OBR-2.1'],
    'OrderPlacerIdentifierSequence[0].LocalNamespaceEntityID': beside('PlacerOrderNumberImagingServiceRequest', '2'),
    'OrderPlacerIdentifierSequence[0].UniversalEntityID': beside('PlacerOrderNumberImagingServiceRequest', '3'),
    'OrderPlacerIdentifierSequence[0].UniversalEntityIDType': beside('PlacerOrderNumberImagingServiceRequest', '4'),
    FillerOrderNumberImagingServiceRequest: ['ORC-3.1', 'OBR-3.1'],
    'OrderFillerIdentifierSequence[0].LocalNamespaceEntityID': beside('FillerOrderNumberImagingServiceRequest', '2'),
    'OrderFillerIdentifierSequence[0].UniversalEntityID': beside('FillerOrderNumberImagingServiceRequest', '3'),
    'OrderFillerIdentifierSequence[0].UniversalEntityIDType': beside('FillerOrderNumberImagingServiceRequest', '4'),

    StudyInstanceUID: ['IPC-3.1', 'ZDS-1.1'],
    RequestedProcedureID: ['IPC-2.1', 'OBR-19'],
    RequestedProcedureDescription: ['OBR-44.2', 'OBR-4.2'],
    RequestedProcedureCodeSequence: ['OBR-44', 'OBR-4'],
    // Table 0027 and TQ.6, to the defined terms of (0040,1003).
    RequestedProcedurePriority: {
      from: PRIORITY,
      table: { S: 'STAT', A: 'HIGH', P: 'HIGH', C: 'HIGH', T: 'MEDIUM', R: 'ROUTINE' },
    },
    ReasonForTheRequestedProcedure: ['OBR-31.2', 'OBR-31.1'],
    ReasonForRequestedProcedureCodeSequence: 'OBR-31',
    PatientTransportArrangements: 'OBR-30',

    // IHE has modalities in OBR-24; HL7 has table 0074 there, of whose codes these are one modality, and none by themselves.
    Modality: {
      from: ['IPC-5.1', 'OBR-24'],
      table: { CUS: 'US', OUS: 'US', RUS: 'US', VUS: 'US', NMR: 'MR', NMS: 'NM', '*': '*' },
    },
    ScheduledStationAETitle: 'IPC-9',
    ScheduledProcedureStepStartDate: START,
    ScheduledProcedureStepStartTime: { beside: 'ScheduledProcedureStepStartDate' },
    ScheduledPerformingPhysicianName: { from: 'OBR-34.1', as: 'person' },
    ScheduledProcedureStepID: ['IPC-4.1', 'OBR-20'],
    // Components 4 to 6 of OBR-4 are the filler's own code: what is done, where 1 to 3 are what was asked for.
    ScheduledProcedureStepDescription: ['IPC-6.2', 'OBR-4.5', 'OBR-44.2', 'OBR-4.2'],
    ScheduledProtocolCodeSequence: ['IPC-6', 'OBR-4.4'],
    ScheduledStationName: 'IPC-7.1',
    ScheduledProcedureStepLocation: 'IPC-8.1',
  },
  // Table 0119.
  control: {
    NW: 'write',
    XO: 'write',
    XX: 'write',
    RO: 'write',
    CH: 'write',
    RL: 'write',
    CA: 'remove',
    OC: 'remove',
    CR: 'remove',
    DC: 'remove',
    OD: 'remove',
    DR: 'remove',
    // An order on hold is not to be done; its release (RL) writes it again.
    HD: 'remove',
    OH: 'remove',
    HR: 'remove',
    // The order that is replaced; RO has the new one.
    RP: 'remove',
    RU: 'remove',
    RQ: 'remove',
    // The children (CH) are what is done.
    PA: 'ignore',
    // Status, numbers, results, answers.
    SC: 'ignore',
    SN: 'ignore',
    SR: 'ignore',
    SS: 'ignore',
    NA: 'ignore',
    OK: 'ignore',
    RE: 'ignore',
    RF: 'ignore',
    UA: 'ignore',
    UC: 'ignore',
    UD: 'ignore',
    UH: 'ignore',
    UM: 'ignore',
    UR: 'ignore',
    UX: 'ignore',
    XR: 'ignore',
    DE: 'ignore',
    // Prior results, sent with an order.
    PR: 'ignore',
  },
  // Table 0038: what is cancelled, discontinued or completed has nothing left to do.
  status: { CA: 'remove', DC: 'remove', CM: 'remove' },
} as const satisfies MappingSource;
