import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";

const root = join(__dirname, "..");
const workflow = (name: string) => parse(readFileSync(join(root, ".github/workflows", `${name}.yml`), "utf8"));

describe("the workflows of a pull request", () => {
  test.each(["review", "diff"])("%s runs code of the pull request, and may not write", (name) => {
    const { on: events, permissions, jobs } = workflow(name);
    expect(events).toHaveProperty("pull_request");
    expect(permissions).toEqual({ contents: "read" });
    expect(Object.values(jobs).map((job) => (job as { readonly permissions?: object }).permissions)).toEqual([
      undefined,
    ]);
  });

  test("the workflow without credentials uses no secret, and the one with credentials leaves out forks", () => {
    expect(JSON.stringify(workflow("review"))).not.toMatch(/secrets\.|github\.token/);
    expect(workflow("diff").jobs.diff.if).toContain(
      "github.event.pull_request.head.repo.full_name == github.repository",
    );
  });

  test("the one that may write runs one script of the default branch, and puts no text of the event into it", () => {
    const { on: events, jobs } = workflow("comment");
    expect(events).toEqual({
      workflow_run: { workflows: [workflow("review").name, workflow("diff").name], types: ["completed"] },
    });
    const { steps, permissions } = jobs.comment;
    expect(permissions).toEqual({ actions: "read", contents: "read", "pull-requests": "write" });
    expect(steps.flatMap(({ run }: { readonly run?: string }) => run ?? [])).toEqual([
      '.ci/comment "$KIND" "$RUNNER_TEMP/results" "$COMMIT" "$OWNER" "$BRANCH"',
    ]);
    // Without `ref`, a checkout of workflow_run is the default branch.
    expect(steps[0].with).toEqual({ "persist-credentials": false });
  });
});

describe(".ci/comment", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "comment-"));
    mkdirSync(join(folder, "results"));
    // A stand-in for GitHub: it answers with the files of the folder, and keeps the last body.
    const gh = `#!/usr/bin/env bash
echo "$*" >> "${folder}/calls"
case "$*" in
  */pulls\\ *) cat "${folder}/pull" ;;
  *--paginate*) cat "${folder}/comments" ;;
  *) for argument; do case "$argument" in body=@*) cp "\${argument#body=@}" "${folder}/body" ;; esac; done ;;
esac
`;
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin/gh"), gh);
    chmodSync(join(folder, "bin/gh"), 0o755);
    writeFileSync(join(folder, "pull"), "7\n");
    writeFileSync(join(folder, "comments"), "");
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  test("writes a new comment into the pull request of the branch", () => {
    writeFileSync(join(folder, "results/review.txt"), "ErpDown: limit 1 → 2\n");
    expect(comment()).toMatchObject({ status: 0 });
    expect(calls()[0]).toContain("repos/o/r/pulls -f state=open -f head=somebody:their-branch");
    expect(calls()[0]).toContain('.head.sha == "0123456789abcdef"');
    expect(calls().at(-1)).toMatch(/^api --method POST repos\/o\/r\/issues\/7\/comments /);
    expect(body()).toBe(`<!-- Review of this project -->
**Review** of 0123456789ab, as the code of this pull request reports it:

\`\`\`text
ErpDown: limit 1 → 2

\`\`\`
`);
  });

  test("updates its own comment", () => {
    writeFileSync(join(folder, "results/review.txt"), "text");
    writeFileSync(join(folder, "comments"), "42\n");
    comment();
    expect(calls()[1]).toContain('.user.login == "github-actions[bot]"');
    expect(calls().at(-1)).toMatch(/^api --method PATCH repos\/o\/r\/issues\/comments\/42 /);
  });

  test("writes nothing if no open pull request ends with the commit, whatever the answer is", () => {
    writeFileSync(join(folder, "results/review.txt"), "text");
    writeFileSync(join(folder, "pull"), "7/../8\n");
    expect(comment()).toMatchObject({ status: 0, stdout: expect.stringMatching(/^No open pull request/) });
    expect(existsSync(join(folder, "body"))).toBe(false);
  });

  test("prints hostile texts in a block that they cannot end", () => {
    const hostile = "```\n@team <img src=x> [a](http://b)\n``````\n# Approved\u0007\u001b[31m";
    writeFileSync(join(folder, "results/review.txt"), hostile);
    comment();
    const lines = body().trim().split("\n");
    const fence = "`".repeat(7);
    expect(lines[3]).toBe(`${fence}text`);
    expect(lines.at(-1)).toBe(fence);
    expect(lines.slice(4, -1).filter((line) => line.startsWith(fence))).toEqual([]);
    expect(/[^\P{Cc}\n\t]/u.test(body())).toBe(false);
  });

  test("cuts texts that GitHub would refuse", () => {
    writeFileSync(join(folder, "results/review.txt"), "ö long line ".repeat(100_000));
    expect(comment()).toMatchObject({ status: 0 });
    expect(Buffer.byteLength(body())).toBeLessThan(65_536);
    expect(body()).toMatch(/\n```\n$/);
  });

  function comment() {
    const args = ["Review", join(folder, "results"), "0123456789abcdef", "somebody", "their-branch"];
    const env = { ...process.env, PATH: `${folder}/bin:${process.env.PATH}`, GITHUB_REPOSITORY: "o/r", GH_TOKEN: "x" };
    return spawnSync(join(root, ".ci/comment"), args, { encoding: "utf8", env });
  }

  function calls(): string[] {
    return readFileSync(join(folder, "calls"), "utf8").trim().split("\n");
  }

  function body(): string {
    return readFileSync(join(folder, "body"), "utf8");
  }
});
