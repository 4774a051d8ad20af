import { useState } from 'react';
import { PickCompanyDocument, PickPersonDocument } from '../graphql/generated';
import { personName } from '../graphql/types';
import { useQuery } from '../graphql/useQuery';
import { Combobox } from '../ui/Combobox';
import type { ComboboxOption } from '../ui/Combobox';
import { Field } from '../ui/Field';
import { useDebounced } from '../ui/useDebounced';
import { fieldMessages, recordFormMessages } from './messages';

export interface PickedRecord {
  id: string;
  name: string;
}

interface PickerProps {
  picked: PickedRecord | undefined;
  onPick: (record: PickedRecord | undefined) => void;
  error?: string;
}

export function CompanyPicker(props: PickerProps) {
  const [search, setSearch] = useState<string>();
  const settled = useDebounced(search);
  const answer = useQuery(PickCompanyDocument, settled === undefined ? null : { search: settled || null });
  const options = (answer.data?.companies.edges ?? []).map(({ node }) => ({ id: node.id, label: node.name }));
  const label = fieldMessages.company;
  return <Picker label={label} {...props} search={search} onSearch={setSearch} options={options} />;
}

export function PersonPicker(props: PickerProps) {
  const [search, setSearch] = useState<string>();
  const settled = useDebounced(search);
  const answer = useQuery(PickPersonDocument, settled === undefined ? null : { search: settled || null });
  const options = (answer.data?.people.edges ?? []).map(({ node }) => ({
    id: node.id,
    label: personName(node),
    detail: node.emails[0],
  }));
  const label = fieldMessages.contact;
  return <Picker label={label} {...props} search={search} onSearch={setSearch} options={options} />;
}

function Picker({
  label,
  picked,
  onPick,
  error,
  search,
  onSearch,
  options,
}: PickerProps & {
  label: string;
  search: string | undefined;
  onSearch: (search: string | undefined) => void;
  options: ComboboxOption[];
}) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <Combobox
          text={search ?? picked?.name ?? ''}
          options={search === undefined ? [] : options}
          picksFirst
          listLabel={label}
          onText={(text) => {
            onSearch(text);
            if (!text) onPick(undefined);
          }}
          onPick={(option) => {
            onPick({ id: option.id, name: option.label });
            onSearch(undefined);
          }}
          inputProps={{
            ...control,
            placeholder: recordFormMessages.search,
            onFocus: () => onSearch(picked ? undefined : ''),
            onBlur: () => onSearch(undefined),
          }}
        />
      )}
    </Field>
  );
}
