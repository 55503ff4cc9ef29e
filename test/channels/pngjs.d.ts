// The library brings no types; this is the part of it that is used.
declare module 'pngjs' {
  export const PNG: {
    readonly sync: {
      read(bytes: Buffer): { readonly data: Buffer; readonly width: number; readonly height: number };
    };
  };
}
