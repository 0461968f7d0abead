import type { Decision, HistoryEvent, Ms, VisitEvent } from './types.js';

/** A field of an event: as it stands, or where it comes from. */
export type Field =
  | string
  | number
  | boolean
  | null
  | {
      /** A property, or a way to one inside: `ticket.id`. */
      from: string;
      /** What it is called here; `*` for the rest. */
      values?: { [value: string]: string | number | boolean };
      /** What it is where nothing is said. */
      else?: string | number | boolean;
      /** Without it there is no event. */
      required?: boolean;
    };
/** A history event in which fields may come from the data. */
export type Template = { type: HistoryEvent['type'] } & { [field: string]: Field };

/** What calls of Segment or RudderStack mean here. */
export interface SegmentMapping {
  /** The source of the events; `segment` by default. */
  source?: string;
  /** Events of `track` by name; what is not named is nothing. */
  track?: { [event: string]: Template | Template[] };
  /** Traits of `identify` that are facts: `{ 'plan.seats': 'plan.seats' }`. */
  traits?: { [trait: string]: string };
  /** Consent categories and the purposes they stand for. */
  consent?: { [category: string]: ConsentPurpose | ConsentPurpose[] };
  /** Further fields of a page view. */
  page?: { [field: string]: Field };
}
export type ConsentPurpose = 'service' | 'marketing' | 'survey' | 'profiling';

/** Calls of Segment or RudderStack as events. */
export declare function segment(mapping?: SegmentMapping): {
  /** Durable events of a `track`, `identify` or `alias` call, and the consent it carries. */
  history(call: object): HistoryEvent[];
  /** Page events of a `page` call, for a visit that began then. */
  visit(call: object, startedAt: Ms): VisitEvent[];
};

/** A CloudEvents 1.0 envelope in its JSON format. */
export interface CloudEvent {
  specversion: string;
  id: string;
  source: string;
  type: string;
  subject?: string;
  time?: string;
  datacontenttype?: string;
  data?: unknown;
  data_base64?: string;
}
/** What types of others mean here. Types of ours, `tactful.case` and the like, need no mapping. */
export interface CloudEventMapping {
  types?: { [type: string]: Template | Template[] };
}

/** An event in an envelope; `fromCloudEvent` gives it back. */
export declare function toCloudEvent(event: HistoryEvent): CloudEvent;
/** The events in an envelope; none for types that are not named. */
export declare function fromCloudEvent(envelope: object, mapping?: CloudEventMapping): HistoryEvent[];
/** The events of a request that carries CloudEvents: structured, batched or in headers. */
export declare function readCloudEvents(request: Request, mapping?: CloudEventMapping): Promise<HistoryEvent[]>;

/** A log record of OpenTelemetry. */
export interface DecisionLogRecord {
  eventName: string;
  timestamp: Ms;
  severityNumber: number;
  severityText: string;
  body: string;
  attributes: { [name: string]: string | number | boolean | string[] };
}
/** A decision for `logger.emit()`: codes and numbers, no person, no evidence, no words. */
export declare function toLogRecord(decision: Decision): DecisionLogRecord;
