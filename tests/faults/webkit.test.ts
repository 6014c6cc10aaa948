import { testRowsIn } from "./browser-rows.ts";

testRowsIn("webkit");
