export { AddressInput } from './AddressInput';
export { addAddresses, parseAddresses } from './addresses';
export type { AddressEntry } from './addresses';
