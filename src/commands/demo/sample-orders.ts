/** A day of an invented department, one order a line. */

export const SAMPLE_ORDERS = `\
PatientName,PatientID,PatientBirthDate,PatientSex,AccessionNumber,RequestedProcedureDescription,Modality,ScheduledStationAETitle,ScheduledProcedureStepStartDate,ScheduledProcedureStepStartTime,ScheduledProcedureStepID,ScheduledProcedureStepDescription,RequestedProcedureID,StudyInstanceUID,ScheduledPerformingPhysicianName
Hartley^Rosamund,P-104417,19620814,F,D0001,CT chest with contrast,CT,CT1,today,0830,SPS-1,"CT chest, venous phase",RP-1,2.25.110293847561029384756102938475601,Lindqvist^Maja^^Dr
Müller-Lüdenscheidt^Jürgen,P-220935,19790203,M,D0002,MRT Knie links,MR,MR1,today,0915,SPS-2,"Knie links, nativ",RP-2,2.25.110293847561029384756102938475602,Çelik^Ayşe^^Dr
Baptiste^Leo^Marcel,P-318820,20190530,M,D0003,US abdomen,US,US1,today,1000,SPS-3,"US abdomen, fasting",RP-3,2.25.110293847561029384756102938475603,Nakamura^Rin^^Dr
Okonkwo^Chidi,P-400512,19551102,M,D0004,Chest PA and lateral,DX,DX1,today,1030,SPS-4,Chest two views,RP-4,2.25.110293847561029384756102938475604,Lindqvist^Maja^^Dr
Yamada^Tarou=山田^太郎=やまだ^たろう,P-517339,19700426,M,D0005,CT abdomen,CT,CT1,today,1115,SPS-5,CT abdomen triphasic,RP-5,2.25.110293847561029384756102938475605,Nakamura^Rin^^Dr
Petrov^Ivan,P-623008,19880919,M,D0006,MR brain,MR,MR1,today+1,0800,SPS-6,MR brain with contrast,RP-6,2.25.110293847561029384756102938475606,Çelik^Ayşe^^Dr
`;
