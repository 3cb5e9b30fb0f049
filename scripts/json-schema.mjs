// JSON Schema (draft 2020-12) of a type in src/core, read with the TypeScript compiler that checks the sources anyway.
// Knows what those types use: interfaces, literals, unions, lists, maps, and aliases without parameters.
import path from 'node:path';
import ts from 'typescript';

/**
 * @param file  where the type is exported
 * @param name  its name
 * @param closed  refuse fields that the type does not have
 */
export function jsonSchemaOf(file, name, { id, title, closed }) {
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const symbol = checker.getExportsOfModule(checker.getSymbolAtLocation(source)).find((s) => s.name === name);
  if (!symbol) throw new Error(`${path.basename(file)} exports no ${name}`);
  const defs = new Map();

  const describe = (s) => {
    const text = ts
      .displayPartsToString(s?.getDocumentationComment(checker) ?? [])
      .replaceAll(/\s+/g, ' ')
      .trim();
    return text ? { description: text } : {};
  };

  function schemaOf(type) {
    const { flags } = type;
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
    if (flags & ts.TypeFlags.Null) return { type: 'null' };
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (flags & ts.TypeFlags.BooleanLiteral) return { const: type.intrinsicName === 'true' };
    if (flags & ts.TypeFlags.String) return { type: 'string' };
    if (flags & ts.TypeFlags.Number) return { type: 'number' };
    if (flags & ts.TypeFlags.Boolean) return { type: 'boolean' };
    const alias = type.aliasSymbol;
    // Any JSON: the type is recursive and refuses nothing.
    if (alias?.name === 'Json') return {};
    const named = alias && !type.aliasTypeArguments?.length ? alias : undefined;
    const own = type.symbol?.flags & ts.SymbolFlags.Interface && !type.typeArguments?.length ? type.symbol : undefined;
    const nameable = checker.isArrayType(type) ? undefined : (named ?? own);
    if (!nameable) return shapeOf(type);
    if (!defs.has(nameable.name)) {
      defs.set(nameable.name, undefined);
      defs.set(nameable.name, { ...describe(nameable), ...shapeOf(type) });
    }
    return { $ref: `#/$defs/${nameable.name}` };
  }

  function shapeOf(type) {
    if (type.isUnion()) return unionOf(type.types);
    if (checker.isArrayType(type)) return { type: 'array', items: schemaOf(checker.getTypeArguments(type)[0]) };
    if (checker.isTupleType(type)) {
      const items = checker.getTypeArguments(type).map(schemaOf);
      return { type: 'array', prefixItems: items, minItems: items.length, maxItems: items.length };
    }
    const properties = {};
    const required = [];
    for (const p of checker.getPropertiesOfType(type)) {
      const optional = (p.flags & ts.SymbolFlags.Optional) !== 0;
      const schema = schemaOf(checker.getTypeOfSymbol(p));
      properties[p.name] = { ...describe(p), ...schema };
      if (!optional) required.push(p.name);
    }
    const index = checker.getIndexInfoOfType(type, ts.IndexKind.String);
    const rest = index ? { additionalProperties: schemaOf(index.type) } : closed ? { additionalProperties: false } : {};
    return {
      type: 'object',
      ...(Object.keys(properties).length > 0 ? { properties } : {}),
      ...(required.length > 0 ? { required } : {}),
      ...rest,
    };
  }

  function unionOf(types) {
    const parts = types.filter((t) => !(t.flags & ts.TypeFlags.Undefined));
    const schemas = parts.map(schemaOf);
    const consts = schemas.filter((s) => 'const' in s).map((s) => s.const);
    const rest = schemas.filter((s) => !('const' in s));
    if (consts.includes(true) && consts.includes(false)) {
      rest.push({ type: 'boolean' });
      consts.splice(0, consts.length, ...consts.filter((c) => typeof c !== 'boolean'));
    }
    if (consts.length > 0) rest.push(consts.length === 1 ? { const: consts[0] } : { enum: consts });
    return rest.length === 1 ? rest[0] : { anyOf: rest };
  }

  const root = schemaOf(checker.getDeclaredTypeOfSymbol(symbol));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: id,
    title,
    ...root,
    $defs: Object.fromEntries([...defs].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
