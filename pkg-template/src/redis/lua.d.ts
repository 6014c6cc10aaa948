/** A script as the build makes it: without comments and indentation, and with the hash by which Redis knows it. */
declare module "*.lua" {
  export const source: string;
  export const sha1: string;
}
