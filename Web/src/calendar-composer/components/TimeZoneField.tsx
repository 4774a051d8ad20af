import { useMemo, useState } from 'react';
import { describeZone, searchZones } from '../../time/zoneList';
import { Combobox } from '../../ui/Combobox';
import { Field } from '../../ui/Field';
import { dateTimeMessages } from '../messages';

/** A searchable list of every zone; the offset shown is the one at the event's own start. */
export function TimeZoneField({
  zone,
  instant,
  error,
  onChange,
}: {
  zone: string;
  instant: number | undefined;
  error?: string;
  onChange: (zone: string) => void;
}) {
  const [search, setSearch] = useState<string>();
  const moment = instant ?? Date.now();
  const chosen = describeZone(zone, moment);
  const options = useMemo(() => {
    if (search === undefined) return [];
    const found = searchZones(search, moment);
    return found.map(({ name, label, offset }) => ({ id: name, label, detail: offset }));
  }, [search, moment]);
  const nothing = search !== undefined && options.length === 0 ? dateTimeMessages.noTimeZone : undefined;
  return (
    <Field label={dateTimeMessages.timeZone} className="time-zone" error={error ?? nothing}>
      {(control) => (
        <Combobox
          text={search ?? `${chosen.label} (${chosen.offset})`}
          options={options}
          picksFirst
          listLabel={dateTimeMessages.timeZones}
          onText={setSearch}
          onPick={(option) => {
            onChange(option.id);
            setSearch(undefined);
          }}
          inputProps={{
            ...control,
            placeholder: dateTimeMessages.timeZonePlaceholder,
            onFocus: (event) => {
              setSearch('');
              event.target.select();
            },
            onBlur: () => setSearch(undefined),
          }}
        />
      )}
    </Field>
  );
}
