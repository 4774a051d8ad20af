/** The little that modules ask of a page when they are loaded; to be imported before them. */
const location = { pathname: '/calendar', search: '', origin: 'http://localhost' };
Object.assign(globalThis, { window: { location, addEventListener: () => {} } });

export {};
