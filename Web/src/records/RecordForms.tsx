import { useState } from 'react';
import { request } from '../graphql/client';
import {
  CreateCompanyDocument,
  CreateOpportunityDocument,
  CreatePersonDocument,
} from '../graphql/generated';
import { FormProblem, ModalForm } from '../ui/ModalForm';
import { TextField } from '../ui/TextField';
import { problemWith } from '../ui/emailAddress';
import { CompanyPicker, PersonPicker } from './RecordPickers';
import type { PickedRecord } from './RecordPickers';

interface FormProps {
  onClose: () => void;
  onCreated: (id: string) => void;
}

export function PersonForm({ onClose, onCreated }: FormProps) {
  const [firstName, setFirstName] = useState('');
  const [lastName, setLastName] = useState('');
  const [emails, setEmails] = useState('');
  const [jobTitle, setJobTitle] = useState('');
  const [company, setCompany] = useState<PickedRecord>();
  const save = async () => {
    const addresses = emails.split(/[\s,;]+/).filter(Boolean);
    if (!firstName.trim() && !lastName.trim() && addresses.length === 0) {
      throw new FormProblem({ firstName: 'Enter a name or an email address.' });
    }
    const bad = addresses.find((address) => problemWith(address));
    if (bad) throw new FormProblem({ emails: `${bad}: ${problemWith(bad)}` });
    const input = {
      firstName: firstName.trim() || null,
      lastName: lastName.trim() || null,
      emails: addresses,
      jobTitle: jobTitle.trim() || null,
      companyId: company?.id ?? null,
    };
    const { created } = await request(CreatePersonDocument, { input });
    onCreated(created.id);
  };
  const fields = ['firstName', 'lastName', 'emails', 'jobTitle', 'companyId'];
  return (
    <ModalForm title="Add person" fields={fields} onClose={onClose} onSubmit={save}>
      {(errors) => (
        <>
          <div className="form-pair">
            <TextField
              label="First name"
              value={firstName}
              onChange={setFirstName}
              isFirst
              error={errors.firstName}
            />
            <TextField label="Last name" value={lastName} onChange={setLastName} error={errors.lastName} />
          </div>
          <TextField
            label="Email addresses"
            value={emails}
            onChange={setEmails}
            error={errors.emails}
            hint="Separated by commas."
          />
          <TextField label="Job title" value={jobTitle} onChange={setJobTitle} error={errors.jobTitle} />
          <CompanyPicker picked={company} onPick={setCompany} error={errors.companyId} />
        </>
      )}
    </ModalForm>
  );
}

export function CompanyForm({ onClose, onCreated }: FormProps) {
  const [name, setName] = useState('');
  const [domainName, setDomainName] = useState('');
  const save = async () => {
    if (!name.trim()) throw new FormProblem({ name: 'Enter the company’s name.' });
    const input = { name: name.trim(), domainName: domainName.trim() || null };
    const { created } = await request(CreateCompanyDocument, { input });
    onCreated(created.id);
  };
  return (
    <ModalForm title="Add company" fields={['name', 'domainName']} onClose={onClose} onSubmit={save}>
      {(errors) => (
        <>
          <TextField label="Name" value={name} onChange={setName} isFirst isRequired error={errors.name} />
          <TextField
            label="Domain"
            value={domainName}
            onChange={setDomainName}
            error={errors.domainName}
            hint="For example acme.example"
          />
        </>
      )}
    </ModalForm>
  );
}

export function OpportunityForm({ onClose, onCreated }: FormProps) {
  const [name, setName] = useState('');
  const [stage, setStage] = useState('');
  const [amount, setAmount] = useState('');
  const [company, setCompany] = useState<PickedRecord>();
  const [contact, setContact] = useState<PickedRecord>();
  const save = async () => {
    if (!name.trim()) throw new FormProblem({ name: 'Enter the opportunity’s name.' });
    const value = amount.trim() === '' ? null : Number(amount.trim());
    // "1,500" means two different numbers on two sides of an ocean.
    if (value !== null && !Number.isFinite(value)) {
      throw new FormProblem({ amount: 'Enter a number such as 1500 or 1500.50.' });
    }
    const input = {
      name: name.trim(),
      stage: stage.trim() || null,
      amount: value,
      companyId: company?.id ?? null,
      pointOfContactId: contact?.id ?? null,
    };
    const { created } = await request(CreateOpportunityDocument, { input });
    onCreated(created.id);
  };
  const fields = ['name', 'stage', 'amount', 'companyId', 'pointOfContactId'];
  return (
    <ModalForm title="Add opportunity" fields={fields} onClose={onClose} onSubmit={save}>
      {(errors) => (
        <>
          <TextField label="Name" value={name} onChange={setName} isFirst isRequired error={errors.name} />
          <CompanyPicker picked={company} onPick={setCompany} error={errors.companyId} />
          <PersonPicker picked={contact} onPick={setContact} error={errors.pointOfContactId} />
          <div className="form-pair">
            <TextField label="Stage" value={stage} onChange={setStage} error={errors.stage} />
            <TextField label="Amount" value={amount} onChange={setAmount} error={errors.amount} />
          </div>
        </>
      )}
    </ModalForm>
  );
}
