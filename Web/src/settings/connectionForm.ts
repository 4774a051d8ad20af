import type { ConnectionField } from '../graphql/types';
import { problemWith } from '../ui/emailAddress';
import { connectMessages } from './messages';

/** What a person has typed, by the ids of the form's fields. */
export type ConnectionValues = Record<string, string>;

/** What is sent: secrets exactly as they were typed, everything else without blanks around it, and nothing empty. */
export function typedFields(form: readonly ConnectionField[], values: ConnectionValues) {
  return form
    .map(({ id, isSecret }) => ({ id, value: isSecret ? values[id] ?? '' : (values[id] ?? '').trim() }))
    .filter(({ value }) => value !== '');
}

/** A sentence for each field that the server would refuse. */
export function formGaps(form: readonly ConnectionField[], values: ConnectionValues): Record<string, string> {
  const typed = new Map(typedFields(form, values).map(({ id, value }) => [id, value]));
  const gaps: Record<string, string> = {};
  for (const field of form) {
    const problem = gap(field, typed.get(field.id));
    if (problem) gaps[field.id] = problem;
  }
  return gaps;
}

function gap(field: ConnectionField, value: string | undefined): string | undefined {
  if (value === undefined) return field.isOptional ? undefined : connectMessages.isRequired(field.label);
  const octets = new TextEncoder().encode(value).length;
  if (octets > field.maximumLength) return connectMessages.isTooLong(field.label);
  if (field.kind === 'URL' && !/^https?:\/\/\S+$/i.test(value)) return connectMessages.needsWebAddress;
  return field.kind === 'EMAIL' ? problemWith(value) : undefined;
}
