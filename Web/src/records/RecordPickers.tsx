import { useState } from 'react';
import { useQuery } from '../graphql/useQuery';
import { personName } from '../graphql/types';
import type { CompanyName, Connection, PersonName } from '../graphql/types';
import { Combobox } from '../ui/Combobox';
import type { ComboboxOption } from '../ui/Combobox';
import { Field } from '../ui/Field';
import { useDebounced } from '../ui/useDebounced';

export interface PickedRecord {
  id: string;
  name: string;
}

interface PickerProps {
  picked: PickedRecord | undefined;
  onPick: (record: PickedRecord | undefined) => void;
  error?: string;
}

const companiesQuery = `query PickCompany($search: String) {
  companies(search: $search, first: 8) {
    edges { cursor node { id name } } pageInfo { hasNextPage endCursor }
  }
}`;

const peopleQuery = `query PickPerson($search: String) {
  people(search: $search, first: 8) {
    edges { cursor node { id firstName lastName emails } } pageInfo { hasNextPage endCursor }
  }
}`;

export function CompanyPicker(props: PickerProps) {
  const [search, setSearch] = useState<string>();
  const settled = useDebounced(search);
  const answer = useQuery<{ companies: Connection<CompanyName> }>(
    companiesQuery,
    settled === undefined ? null : { search: settled || null },
  );
  const options = (answer.data?.companies.edges ?? []).map(({ node }) => ({ id: node.id, label: node.name }));
  return <Picker label="Company" {...props} search={search} onSearch={setSearch} options={options} />;
}

export function PersonPicker(props: PickerProps) {
  const [search, setSearch] = useState<string>();
  const settled = useDebounced(search);
  const answer = useQuery<{ people: Connection<PersonName> }>(
    peopleQuery,
    settled === undefined ? null : { search: settled || null },
  );
  const options = (answer.data?.people.edges ?? []).map(({ node }) => ({
    id: node.id,
    label: personName(node),
    detail: node.emails[0],
  }));
  return <Picker label="Contact" {...props} search={search} onSearch={setSearch} options={options} />;
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
            placeholder: 'Search',
            onFocus: () => onSearch(picked ? undefined : ''),
            onBlur: () => onSearch(undefined),
          }}
        />
      )}
    </Field>
  );
}
