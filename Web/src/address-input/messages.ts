/** The field for people's addresses. How texts are kept: `ui/messages.ts`. */
export const addressInputMessages = {
  placeholder: 'name@example.com',
  remove: (email: string) => `Remove ${email}`,
  suggestions: 'People',
};
