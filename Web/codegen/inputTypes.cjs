// The types that stand for themselves: scalars, enums, and inputs. Only what the operations use is written.
const { isEnumType, isInputObjectType, isListType, isNonNullType } = require('graphql');

const scalars = {
  ID: 'string',
  String: 'string',
  Int: 'number',
  Float: 'number',
  Boolean: 'boolean',
  DateTime: 'string',
  Date: 'string',
  TimeZone: 'string',
  JSON: 'unknown',
};

// The server composes the values of these at its start, from the drivers that are registered: what the SDL
// lists is a stand-in, and to the app a provider's id is data.
const composedAtStart = ['CalendarProviderId', 'ConferenceProviderId'];

class InputTypes {
  #found = new Map();

  /** The name by which TypeScript knows a leaf or an input; it is declared from then on. */
  use(type) {
    if (scalars[type.name]) return scalars[type.name];
    if (!isEnumType(type) && !isInputObjectType(type)) {
      throw new Error(`The scalar ${type.name} has no type in TypeScript: add it to codegen/inputTypes.cjs.`);
    }
    if (!this.#found.has(type.name)) {
      this.#found.set(type.name, '');
      this.#found.set(type.name, isEnumType(type) ? declareEnum(type) : this.#declareInput(type));
    }
    return type.name;
  }

  /** A property of an input or a variable: what may be null may be left out as well. */
  property(name, type, hasDefault) {
    const isOptional = hasDefault || !isNonNullType(type);
    return `  ${name}${isOptional ? '?' : ''}: ${printNullable(type, (leaf) => this.use(leaf))};\n`;
  }

  print() {
    return [...this.#found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, declaration]) => declaration);
  }

  #declareInput(type) {
    const lines = Object.values(type.getFields()).map((field) =>
      this.property(field.name, field.type, field.defaultValue !== undefined),
    );
    return `export type ${type.name} = {\n${lines.join('')}};`;
  }
}

function declareEnum(type) {
  if (composedAtStart.includes(type.name)) return `export type ${type.name} = string;`;
  const values = type.getValues().map(({ name }) => `'${name}'`);
  return `export type ${type.name} = ${values.join(' | ')};`;
}

/** Lists and nullability around whatever `printNamed` makes of the type inside. */
function printNullable(type, printNamed) {
  if (isNonNullType(type)) return printPresent(type.ofType, printNamed);
  return `${printPresent(type, printNamed)} | null`;
}

function printPresent(type, printNamed) {
  return isListType(type) ? `Array<${printNullable(type.ofType, printNamed)}>` : printNamed(type);
}

module.exports = { InputTypes, printNullable };
