/** A stand-in for the InstaView API, for the demo and the tests. */
export { ENVELOPES, type Envelope } from "../../pkg-template/src/testing/envelopes.ts";
export type { RateLimits } from "../../pkg-template/src/testing/rate-limit.ts";
export { BEHAVIOURS, type Behaviour, type BehaviourName } from "./behaviours.ts";
export { COMPANIES, type Company, type PhoneNumber } from "./data.ts";
export { ATS_COMPANIES, SANDBOX_KEYS } from "./keys.ts";
export type { RecordedRequest } from "./recorded-requests.ts";
export type { Fault, ScriptedAnswer } from "./scripted-answers.ts";
export { type Sandbox, type SandboxOptions, startSandbox } from "./server.ts";
