/** The build inlines a `.wasm` file: deflated (zlib), as base64. */
declare module "*.wasm" {
  const base64: string;
  export default base64;
}
