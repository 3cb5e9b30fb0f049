import { loadDocument } from '../../src/config/document.ts';
import type { RuleContext } from '../../src/config/schema/rules/view.ts';
import { loadSchemaTable, type SchemaEra } from '../../src/config/schema/tables.ts';
import { type ValidationResult, validateConfig } from '../../src/config/schema/validate.ts';
import type { VariableLookup } from '../../src/config/substitute.ts';
import type { Value } from '../../src/config/value.ts';
import type { ConfigFile } from '../../src/core/snapshot.ts';

const NO_INCLUDES = {
  resolve: (target: string) => target,
  read: (path: string): ConfigFile => ({ path, text: '', bom: false, secrets: [], error: 'missing' }),
};

/** The merged value of a config text, as the audit sees it. Variables are unset unless looked up. */
export function mergedValue(text: string, lookup: VariableLookup = () => undefined): Value | undefined {
  return loadDocument({ path: '/openclaw.json', text, bom: false, secrets: [] }, NO_INCLUDES, lookup).root;
}

/** Judges a config text by the table of a version. */
export async function validate(
  era: SchemaEra,
  text: string,
  context: RuleContext = {},
  lookup?: VariableLookup,
): Promise<ValidationResult> {
  return validateConfig(mergedValue(text, lookup), await loadSchemaTable(era), context);
}
