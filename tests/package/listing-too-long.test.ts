import { findPhoneNumber, listAllPhoneNumbers } from "instaview-phone-numbers";
import { beforeEach, expect, it } from "vitest";
import { phoneNumber, useModelServer } from "./model-server.ts";
import { rejection } from "./sandbox.ts";

const model = useModelServer();

/** One page more than the API gives. */
beforeEach(() => {
  model.answer = (page, honest) => {
    const data = Array.from({ length: honest.limit }, (_, index) => phoneNumber(page * honest.limit + index));
    return { ...honest, data, total: 10_001 * honest.limit, totalPages: 10_001 };
  };
});

it("all of them are not to be had, which is said after the first page", async () => {
  const error = await rejection(listAllPhoneNumbers({ baseUrl: model.url }).toArray());
  const message = "The listing has 10001 pages, of which the API gives 10000";
  expect(error).toMatchObject({ type: "invalid_argument", message });
  expect(model.asked).toEqual([1]);
});

it("the first numbers of a listing that is too long can be had", async () => {
  const listing = listAllPhoneNumbers({ baseUrl: model.url, limit: 1 });
  expect(await listing.toArray({ limit: 3 })).toHaveLength(3);
  expect(
    await findPhoneNumber({ where: ({ id }) => id.endsWith("2") }, { baseUrl: model.url, limit: 1 }),
  ).toBeDefined();
});

it("it is said before the second page where the first numbers are on too many pages", async () => {
  const listing = listAllPhoneNumbers({ baseUrl: model.url, limit: 2 });
  expect(await rejection(listing.toArray({ limit: 20_001 }))).toMatchObject({
    type: "invalid_argument",
    message: "The listing has 10001 pages, of which the API gives 10000: list it with a larger `limit`",
    issues: [{ path: "page", expected: "an integer from 1 to 10000", received: "10001" }],
  });
  expect(model.asked).toEqual([1]);
});

it.each([20_000, 10_001])("it is not said where %d numbers of pages of two are wanted", async (limit) => {
  const first = model.answer;
  model.answer = (page, honest) => (page === 1 ? first(page, honest) : 404);
  const listing = listAllPhoneNumbers({ baseUrl: model.url, limit: 2 });
  expect(await rejection(listing.toArray({ limit }))).toMatchObject({ type: "not_found" });
});
