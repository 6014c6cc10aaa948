/** The build inlines a `.wasm` file: deflated (zlib), as base64. */
declare module "*.wasm" {
  const base64: string;
  export default base64;
}

/** Edge runtimes and their bundlers compile a `.wasm` file that is imported with this suffix. */
declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}

/** The build chooses: `inlined-wasm.ts`, or `wasm-module.ts` for edge runtimes. */
declare module "#wasm" {
  export function instantiate(imports: WebAssembly.Imports): Promise<WebAssembly.Instance>;
}

/** The build wraps the JavaScript of the core in a function, which makes an instance at each call. */
declare module "#core" {
  type Exports = Omit<typeof import("../wasm/core.js"), "default" | "initSync">;
  /** What makes the instance, and what ends it. */
  interface Lifecycle {
    /** Comes before anything else. */
    init(options: object): Promise<unknown>;
    /** Whether it has trapped: nothing enters it any more. */
    hasTrapped: boolean;
    /** Whether a call has rejected with an error of the core, not with the reason of an abort. */
    isCreated(thrown: unknown): boolean;
    /** Takes the listeners on the callers' signals back, after a trap. */
    unsubscribeAll(): void;
  }
  /** The part of the platform's `WebAssembly` that the core's own loader uses. */
  interface Loader {
    Instance: typeof WebAssembly.Instance;
    instantiate(
      module: unknown,
      imports: WebAssembly.Imports,
    ): Promise<{ instance: { exports: WebAssembly.Exports }; module: unknown }>;
  }
  /** Nothing after a trap, where no timer is started any more. */
  type Timer = ReturnType<typeof setTimeout> | undefined;
  export type CoreModule = Exports & Lifecycle;
  export function createCore(
    setTimeout: (callback: () => void, milliseconds: number) => Timer,
    clearTimeout: (timer: Timer) => void,
    loader: Loader,
  ): CoreModule;
}
