import type { PhoneNumber } from "instaview-phone-numbers";
import { PhoneNumberGenerator } from "../../pkg-template/src/testing/phone-numbers.ts";

export type { PhoneNumber };

/** A company and all its phone numbers, the newest first. */
export interface Company {
  id: string;
  name: string;
  phoneNumbers: readonly PhoneNumber[];
}

const generator = new PhoneNumberGenerator(2025);

function company(id: string, name: string, size: number): Company {
  return { id, name, phoneNumbers: generator.company(id, size) };
}

/**
 * Area codes of the United States, Canada and the Caribbean, other ones than the generator has: each has a hundred numbers that are
 * set aside for fiction.
 */
const AREA_CODES = (
  "201 202 203 204 205 206 207 208 209 210 213 214 215 216 217 218 219 220 223 224 225 226 227 228 229 231 234 " +
  "235 236 239 240 248 249 250 251 252 253 254 256 257 260 262 263 267 269 270 272 273 274 276 279 281 283 289 " +
  "301 302 303 304 305 306 307 308 309 310 312 313 314 315 316 317 318 319 320 321 323 324 325 326 327 329 330 " +
  "331 332 334 336 337 339 340 341 343 346 347 350 351 352 353 354 360 361 363 364 365 367 368 369 380 382 385 " +
  "386 401 402 403 404 405 406 407 408 409 410 412 413 414 416 417 418 419 423 424 425 428 430 431 432 434 435 " +
  "437 438 440 442 443 445 447 448 450 458 463 464 468 469 470 472 474 475 478 479 480 484 500 501 502 503 504 " +
  "505 506 507 508 509 510 512 513 514 515 516 517 518 519 520 521 522 525 526 527 528 529 530 531 532 533 534 " +
  "548 579 604 658 784 787 809 829 849 876 939"
).split(" ");

/** As many numbers as there are in the area codes. They are made when they are asked for first, which takes a moment. */
function continentalCompany(id: string, name: string): Company {
  let made: readonly PhoneNumber[] | undefined;
  const make = () =>
    new PhoneNumberGenerator(2026).company(id, AREA_CODES.length * 100).map((phoneNumber, index) => {
      const line = String(Math.floor(index / AREA_CODES.length)).padStart(2, "0");
      return {
        ...phoneNumber,
        number: `+1${AREA_CODES[index % AREA_CODES.length]}55501${line}`,
        location: null,
      };
    });
  return {
    id,
    name,
    get phoneNumbers() {
      made ??= make();
      return made;
    },
  };
}

/** The companies of the sandbox, the same at every start. */
export const COMPANIES = {
  /** 237 phone numbers. */
  large: company("3f8b2c1e-6a47-4d09-9e53-b1c70d84fa26", "Tatra Talent", 237),
  /** 41 phone numbers. */
  small: company("a94d7e60-1b35-4c8f-8d12-5e6f09b3c7d8", "Harbour Recruiting", 41),
  /** 20,000 phone numbers. */
  continental: continentalCompany("6b1f0d3a-58c2-4e7d-9a46-d27b8e905c13", "Continental Staffing"),
  /** No phone numbers yet. */
  empty: company("c05e91b7-d283-4f6a-b7e4-28a3f4169d50", "Nová Práca", 0),
};
