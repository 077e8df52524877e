// `dateline serve` as a process of its own, for the tests in a browser.

import { spawn } from "node:child_process";

const DEADLINE = 20_000;

// Starts the program with these words; its address is what it says on standard error.
export const serve = async (program, words) => {
  const process = spawn(program, words, { stdio: ["ignore", "ignore", "pipe"] });
  const address = await new Promise((resolve, reject) => {
    let said = "";
    process.stderr.on("data", (data) => {
      said += data;
      const found = said.match(/serving (http:\/\/[^/]+)\//);
      if (found) resolve(found[1]);
    });
    process.on("exit", () => reject(new Error(`the server ended: ${said}`)));
    setTimeout(() => reject(new Error(`the server does not start: ${said}`)), DEADLINE).unref();
  });
  return { process, address };
};
