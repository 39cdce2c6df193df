// The part of the runtime that has no types of its own.
declare module "pyodide/pyodide.asm.mjs" {
  import type { PyodideConfig } from "pyodide";
  const create: NonNullable<NonNullable<PyodideConfig>["createPyodideModule"]>;
  export default create;
}
