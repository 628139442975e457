/** The one way in: the bytes of orders to entries to write and to remove. */

import type { DataSet } from '../dicom/data-set.ts';
import { readCsvOrders } from './csv/read-csv-orders.ts';
import type { Hl7Mapping } from './hl7/mapping.ts';
import { readHl7Orders } from './hl7/read-hl7-orders.ts';
import type { OrderKind, OrderReading } from './order.ts';

export interface ReadOrdersOptions {
  readonly kind: OrderKind;
  /** What dates such as today+1 are counted from. */
  readonly today: Date;
  /** Each entry starts as a copy of it. */
  readonly template?: DataSet | undefined;
  /**
   * (0008,0005) of entries with text beyond ASCII whose template names no character set. Default: the message's own
   * for HL7 where DICOM has it, else ISO_IR 192 (UTF-8).
   */
  readonly charset?: string | undefined;
  /** Where in an HL7 order the attributes are. Default: as IHE's Scheduled Workflow has them. */
  readonly mapping?: Hl7Mapping | undefined;
}

/**
 * Reads all orders of an input. Never throws on what the bytes hold: an order that cannot be read is left out and
 * found among the diagnostics; where the shape of the whole is in doubt there are no orders.
 */
export function readOrders(bytes: Uint8Array, options: ReadOrdersOptions): OrderReading {
  const { kind } = options;
  switch (kind) {
    case 'csv':
      return readCsvOrders(bytes, options);
    case 'hl7':
      return readHl7Orders(bytes, options);
    default:
      return kind satisfies never;
  }
}
