import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { request, wordsFor } from '../graphql/client';
import { Button } from '../ui/Button';
import { Notice } from '../ui/EmptyState';
import { Field } from '../ui/Field';
import { Modal } from '../ui/Modal';
import { problemWith } from '../ui/emailAddress';
import { CompanyPicker, PersonPicker } from './RecordPickers';
import type { PickedRecord } from './RecordPickers';

interface FormProps {
  onClose: () => void;
  onCreated: (id: string) => void;
}

/** The frame around a create form: one submit at a time, and the server's sentence when it says no. */
function RecordForm({
  title,
  onClose,
  onSubmit,
  children,
}: {
  title: string;
  onClose: () => void;
  onSubmit: () => Promise<void>;
  children: ReactNode;
}) {
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setError(undefined);
    try {
      await onSubmit();
    } catch (failure) {
      setError(failure instanceof FormProblem ? failure.message : wordsFor(failure));
      setBusy(false);
    }
  };
  return (
    <Modal title={title} onClose={onClose}>
      <form className="form" onSubmit={submit} noValidate>
        {error && <Notice tone="danger">{error}</Notice>}
        {children}
        <div className="form-footer">
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" type="submit" isBusy={isBusy}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** Something this form itself can tell is wrong, in words. */
class FormProblem extends Error {}

function TextField({
  label,
  value,
  onChange,
  isFirst,
  isRequired,
  hint,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  isFirst?: boolean;
  isRequired?: boolean;
  hint?: string;
}) {
  return (
    <Field label={label} isRequired={isRequired} hint={hint}>
      {(control) => (
        <input
          {...control}
          type="text"
          data-autofocus={isFirst || undefined}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

const created = 'mutation Create';

export function PersonForm({ onClose, onCreated }: FormProps) {
  const [firstName, setFirstName] = useState('');
  const [lastName, setLastName] = useState('');
  const [emails, setEmails] = useState('');
  const [jobTitle, setJobTitle] = useState('');
  const [company, setCompany] = useState<PickedRecord>();
  const save = async () => {
    const addresses = emails.split(/[\s,;]+/).filter(Boolean);
    if (!firstName.trim() && !lastName.trim() && addresses.length === 0) {
      throw new FormProblem('Enter a name or an email address.');
    }
    for (const address of addresses) {
      const problem = problemWith(address);
      if (problem) throw new FormProblem(`${address}: ${problem}`);
    }
    const input = {
      firstName: firstName.trim() || null,
      lastName: lastName.trim() || null,
      emails: addresses,
      jobTitle: jobTitle.trim() || null,
      companyId: company?.id ?? null,
    };
    const answer = await request<{ createPerson: { id: string } }>(
      `${created}Person($input: PersonInput!) { createPerson(input: $input) { id } }`,
      { input },
    );
    onCreated(answer.createPerson.id);
  };
  return (
    <RecordForm title="Add person" onClose={onClose} onSubmit={save}>
      <div className="form-pair">
        <TextField label="First name" value={firstName} onChange={setFirstName} isFirst />
        <TextField label="Last name" value={lastName} onChange={setLastName} />
      </div>
      <TextField label="Email addresses" value={emails} onChange={setEmails} hint="Separated by commas." />
      <TextField label="Job title" value={jobTitle} onChange={setJobTitle} />
      <CompanyPicker picked={company} onPick={setCompany} />
    </RecordForm>
  );
}

export function CompanyForm({ onClose, onCreated }: FormProps) {
  const [name, setName] = useState('');
  const [domainName, setDomainName] = useState('');
  const save = async () => {
    if (!name.trim()) throw new FormProblem('Enter the name of the company.');
    const input = { name: name.trim(), domainName: domainName.trim() || null };
    const answer = await request<{ createCompany: { id: string } }>(
      `${created}Company($input: CompanyInput!) { createCompany(input: $input) { id } }`,
      { input },
    );
    onCreated(answer.createCompany.id);
  };
  return (
    <RecordForm title="Add company" onClose={onClose} onSubmit={save}>
      <TextField label="Name" value={name} onChange={setName} isFirst isRequired />
      <TextField label="Domain" value={domainName} onChange={setDomainName} hint="For example acme.example" />
    </RecordForm>
  );
}

export function OpportunityForm({ onClose, onCreated }: FormProps) {
  const [name, setName] = useState('');
  const [stage, setStage] = useState('');
  const [amount, setAmount] = useState('');
  const [company, setCompany] = useState<PickedRecord>();
  const [contact, setContact] = useState<PickedRecord>();
  const save = async () => {
    if (!name.trim()) throw new FormProblem('Enter the name of the opportunity.');
    const value = amount.trim() === '' ? null : Number(amount.trim().replace(',', '.'));
    if (value !== null && !Number.isFinite(value)) throw new FormProblem('Enter the amount as a number.');
    const input = {
      name: name.trim(),
      stage: stage.trim() || null,
      amount: value,
      companyId: company?.id ?? null,
      pointOfContactId: contact?.id ?? null,
    };
    const answer = await request<{ createOpportunity: { id: string } }>(
      `${created}Opportunity($input: OpportunityInput!) { createOpportunity(input: $input) { id } }`,
      { input },
    );
    onCreated(answer.createOpportunity.id);
  };
  return (
    <RecordForm title="Add opportunity" onClose={onClose} onSubmit={save}>
      <TextField label="Name" value={name} onChange={setName} isFirst isRequired />
      <CompanyPicker picked={company} onPick={setCompany} />
      <PersonPicker picked={contact} onPick={setContact} />
      <div className="form-pair">
        <TextField label="Stage" value={stage} onChange={setStage} />
        <TextField label="Amount" value={amount} onChange={setAmount} />
      </div>
    </RecordForm>
  );
}
