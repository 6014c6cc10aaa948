/** Where the API is, and the key for it. */
export interface Api {
  url: string;
  apiKey: string;
}

/** Gets the phone numbers of a page of 100, counted from 1. */
export type GetPage = (page: number) => Promise<unknown[]>;

/** What each module of this folder exports: the library, set up once. */
export type CreateClient = (api: Api) => GetPage;
