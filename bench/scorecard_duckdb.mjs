// The scorecard of bench_scorecard and the same in DuckDB, round by round in one run on the same columns. SQL can say it
// in several ways: each is checked to give the engine's figures and timed once, the fastest few go through all rounds, and
// the fastest of them is what the engine is compared with.
//
//   node scorecard_duckdb.mjs ENGINE POLICIES FOLDER [ROUNDS]

import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";

const [program, policies, folder, rounds = 9] = process.argv.slice(2);
const threads = 2;
const wholeSpan = "2020-01-01..2022-03-31";
const { DuckDBInstance } = createRequire(`${process.cwd()}/`)("@duckdb/node-api");

const engine = spawn(program, [policies, folder], { stdio: ["pipe", "pipe", "inherit"] });
const answers = createInterface({ input: engine.stdout })[Symbol.asyncIterator]();
const made = JSON.parse((await answers.next()).value);
async function askEngine(n, period) {
  engine.stdin.write(`${n} ${period}\n`);
  const [wall, processor] = (await answers.next()).value.split(" ").map(Number);
  return { wall, processor };
}

const instance = await DuckDBInstance.create(":memory:", { threads: String(threads) });
const db = await instance.connect();
const rows = async (sql) => (await db.runAndReadAll(sql)).getRowObjects();

// Codes of the word lists that the conditions name.
const code = { cancelled: 12, holder_refused: 16, family_refused: 23, uncooperative: 22, first_call: 1, second_call: 2,
  branch_call: 3, letter: 4, door_visit: 5, manual_visit: 6,
  problem: 1, proxy_signature: 0 };
const centre = `last_leg in (${code.first_call}, ${code.second_call})`;
const branch = `last_leg in (${code.branch_call}, ${code.letter}, ${code.door_visit}, ${code.manual_visit})`;
const refused = `last_connection in (${code.holder_refused}, ${code.family_refused}, ${code.uncooperative})`;

await db.run("set preserve_insertion_order = false");
await db.run(`create table policies as select organisation, channel, date '1970-01-01' + issued_on as issued_on,
  date '1970-01-01' + cooling_off_end as cooling_off_end, date '1970-01-01' + success_on as success_on,
  date '1970-01-01' + first_success_on as first_success_on, success, in_scope, waived, last_leg, last_connection,
  cancelled_in_cooling_off, claim_ended_in_cooling_off,
  (year(date '1970-01-01' + issued_on) * 12 + month(date '1970-01-01' + issued_on))::smallint as issued_month,
  (year(date '1970-01-01' + cooling_off_end) * 12 + month(date '1970-01-01' + cooling_off_end))::smallint as cooling_off_month,
  (year(date '1970-01-01' + success_on) * 12 + month(date '1970-01-01' + success_on))::smallint as success_month
  from read_csv('${folder}/policies.csv', header = true, columns = {organisation: 'usmallint', channel: 'utinyint',
  issued_on: 'integer', cooling_off_end: 'integer', success_on: 'integer', first_success_on: 'integer',
  success: 'boolean', in_scope: 'boolean', waived: 'boolean', last_leg: 'utinyint', last_connection: 'utinyint',
  cancelled_in_cooling_off: 'boolean', claim_ended_in_cooling_off: 'boolean'})`);
await db.run(`create table tickets as select organisation, channel, date '1970-01-01' + issued_on as issued_on,
  (year(date '1970-01-01' + issued_on) * 12 + month(date '1970-01-01' + issued_on))::smallint as issued_month,
  kind, subtype, closed, working_days_used
  from read_csv('${folder}/tickets.csv', header = true, columns = {organisation: 'usmallint', channel: 'utinyint',
  issued_on: 'integer', kind: 'utinyint', subtype: 'utinyint', closed: 'boolean', working_days_used: 'usmallint'})`);
await db.run(`create table tree as select * from read_csv('${folder}/organisations.csv', header = true,
  columns = {organisation: 'usmallint', parent: 'usmallint'})`);
await db.run(`create table above as with recursive
  above as (select organisation, organisation as ancestor from tree
            union all select above.organisation, tree.parent from above join tree on tree.organisation = above.ancestor
            where tree.parent is not null)
  select * from above`);

const success = {
  population: "in_scope and not waived",
  excluded: [`not success and last_connection = ${code.cancelled} and ${centre}`, `not success and ${refused} and ${centre}`,
    `not success and ${refused} and ${branch}`],
  numerator: "success and first_success_on <= issued_on + 30",
};
const coolingOff = {
  population: "in_scope and cooling_off_end is not null",
  excluded: ["cancelled_in_cooling_off", "claim_ended_in_cooling_off"],
  numerator: "success and success_on <= cooling_off_end",
};
const tickets = {
  population: `kind = ${code.problem}`,
  excluded: [],
  numerator: `closed and (working_days_used <= 5 or subtype = ${code.proxy_signature} and working_days_used <= 7)`,
};
const isEarly = "success and success_on < cooling_off_end and not cancelled_in_cooling_off and not claim_ended_in_cooling_off";

// What a row is: 1 numerator, 2 rest of the denominator, 3 … the exclusions.
const state = (i) => `case ${i.excluded.map((e, n) => `when ${e} then ${3 + n}`).join(" ")} when ${i.numerator} then 1 else 2 end`;
const sums = (expression, flavour) => [1, 2, 3, 4, 5].map((n) => (flavour === "filter"
  ? `count(*) filter (where ${expression} = ${n})` : `sum((${expression} = ${n})::int)`) + ` as c${n}`).join(", ");

// One statement an indicator at the level of the leaves. `month` says where months come from.
const months = {
  date_trunc: (d) => `date_trunc('month', ${d})`,
  year_month: (d) => `year(${d}) * 12 + month(${d})`,
  ready_made: (d) => `${{ issued_on: "issued_month", cooling_off_end: "cooling_off_month", success_on: "success_month" }[d]}`,
};
const inner = (name, i, table, month) => `select organisation, channel, ${month} as month, ${state(i)} as state
  from ${table} where ${i.population}`;
const leaf = (name, i, table, month, flavour) => flavour === "state"
  ? `select '${name}' as indicator, organisation, channel, month, ${[1, 2, 3, 4, 5].map((n) => `sum(case when state = ${n} then n else 0 end) as c${n}`).join(", ")}
     from (select organisation, channel, month, state, count(*) as n from (${inner(name, i, table, month)}) group by all) group by all`
  : `select '${name}' as indicator, organisation, channel, month, ${sums("state", flavour)}
     from (${inner(name, i, table, month)}) group by all`;

// How the leaves are added up: each to all its ancestors at once, or level by level.
const total = "sum(c1) as c1, sum(c2) as c2, sum(c3) as c3, sum(c4) as c4, sum(c5) as c5";
const climb = {
  ancestors: `select indicator, month, ancestor as organisation, channel, ${total}
    from leaf join above using (organisation) group by all`,
  levels: `, level2 as (select indicator, month, parent as organisation, channel, ${total} from leaf join tree using (organisation) group by all),
    level1 as (select indicator, month, parent as organisation, channel, ${total} from level2 join tree using (organisation) group by all),
    level0 as (select indicator, month, parent as organisation, channel, ${total} from level1 join tree using (organisation) group by all)
    from leaf union all by name from level2 union all by name from level1 union all by name from level0`,
};
const statement = (monthOf, flavour, way) => {
  const early = monthOf === "date_trunc" || monthOf === "year_month"
    ? months[monthOf](`(case when ${isEarly} then success_on else cooling_off_end end)`)
    : `case when ${isEarly} then success_month else cooling_off_month end`;
  const m = months[monthOf]("issued_on");
  return `create or replace temp table result as
    with leaf as (${leaf("success_30_days", success, "policies", m, flavour)}
      union all ${leaf("cooling_off_success", coolingOff, "policies", early, flavour)}
      union all ${leaf("problem_tickets_in_time", tickets, "tickets", m, flavour)})
    ${climb[way]}`;
};
// Both policy indicators out of one scan.
const oneScan = (flavour, way) => {
  const early = `case when ${isEarly} then success_month else cooling_off_month end`;
  const both = `select organisation, channel, issued_month as m1, ${early} as m2,
    case when ${success.population} then ${state(success)} else 0 end as s1,
    case when ${coolingOff.population} then ${state(coolingOff)} else 0 end as s2 from policies where in_scope`;
  const columns = [1, 2].flatMap((s) => [1, 2, 3, 4, 5].map((n) => (flavour === "filter"
    ? `count(*) filter (where s${s} = ${n})` : `sum((s${s} = ${n})::int)`) + ` as s${s}c${n}`)).join(", ");
  const pick = (s, name) => `select '${name}' as indicator, organisation, channel, m${s} as month,
    ${[1, 2, 3, 4, 5].map((n) => `s${s}c${n} as c${n}`).join(", ")} from sets where g = ${s}`;
  return `create or replace temp table result as
    with sets as (select organisation, channel, m1, m2, case when grouping(m1) = 0 then 1 else 2 end as g, ${columns}
        from (${both}) group by grouping sets ((organisation, channel, m1), (organisation, channel, m2))),
      leaf as (${pick(1, "success_30_days")} union all ${pick(2, "cooling_off_success")}
        union all ${leaf("problem_tickets_in_time", tickets, "tickets", "issued_month", flavour)})
    ${climb[way]}`;
};

const forms = {};
for (const way of Object.keys(climb))
  for (const monthOf of Object.keys(months))
    for (const flavour of ["filter", "state"]) forms[`${monthOf}, ${flavour}, ${way}`] = statement(monthOf, flavour, way);
forms["one scan with grouping sets, ready_made, filter, levels"] = oneScan("filter", "levels");
forms["ready_made, sum, levels"] = statement("ready_made", "sum", "levels");

const monthText = (monthOf) => monthOf === "date_trunc" ? "strftime(month, '%Y-%m')"
  : "printf('%04d-%02d', (month - 1) // 12, (month - 1) % 12 + 1)";
await db.run(`create table expected as select indicator, month, organisation::usmallint as organisation, channel::utinyint as channel,
  numerator as c1, denominator - numerator as c2,
  coalesce(try_cast(split_part(excluded, ';', 1) as bigint), 0) as c3,
  coalesce(try_cast(split_part(excluded, ';', 2) as bigint), 0) as c4,
  coalesce(try_cast(split_part(excluded, ';', 3) as bigint), 0) as c5
  from read_csv('${folder}/figures.csv', header = true, columns = {indicator: 'varchar', month: 'varchar',
  organisation: 'integer', channel: 'integer', numerator: 'bigint', denominator: 'bigint', excluded: 'varchar'})`);

async function differences(form) {
  const found = `select indicator, ${monthText(form.startsWith("date_trunc") ? "date_trunc" : "")} as month, organisation, channel, c1::bigint as c1,
    c2::bigint as c2, c3::bigint as c3, c4::bigint as c4, c5::bigint as c5 from result where c1 + c2 + c3 + c4 + c5 > 0 and month is not null`;
  const [row] = await rows(`select (select count(*) from ((${found}) except (from expected))) +
    (select count(*) from ((from expected) except (${found}))) as n, (select count(*) from expected) as figures`);
  return row;
}

async function askDuckDB(form) {
  const start = performance.now();
  const before = process.cpuUsage();
  await db.run(forms[form]);
  const used = process.cpuUsage(before);
  return { wall: performance.now() - start, processor: (used.user + used.system) / 1000 };
}

const first = [];
for (const form of Object.keys(forms)) {
  const taken = await askDuckDB(form);
  const { n, figures } = await differences(form);
  if (Number(n) !== 0) throw new Error(`${form}: ${n} of ${figures} figures differ from the engine's`);
  first.push([form, taken.processor]);
}
const kept = first.sort((a, b) => a[1] - b[1]).slice(0, 3).map(([form]) => form);

const times = {};
const note = (name, taken) => (times[name] ??= []).push(taken);
for (let round = 0; round < rounds; ++round) {
  note("engine, 2 threads", await askEngine(threads, wholeSpan));
  for (const form of kept) note(`DuckDB, 2 threads: ${form}`, await askDuckDB(form));
  note("engine, 1 thread", await askEngine(1, wholeSpan));
  note("engine, 2 threads, one month of it", await askEngine(threads, "2021-10"));
}
engine.stdin.end();

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const [{ n: figures }] = await rows("select count(*) as n from expected");
console.log(`${made.policies} policies, ${made.tickets} tickets, ${made.organisations} organisations: ${figures} figures, ` +
  `equal in the engine and in all ${first.length} SQL forms; ${made.bytes_per_policy} bytes a policy in the engine`);
console.log(`medians of ${rounds} rounds, ms: wall clock (fastest … slowest), processor time`);
const wall = {}, processor = {};
for (const [name, list] of Object.entries(times)) {
  const walls = list.map((taken) => taken.wall);
  wall[name] = median(walls);
  processor[name] = median(list.map((taken) => taken.processor));
  console.log(`  ${name}: ${wall[name].toFixed(1)} (${Math.min(...walls).toFixed(1)} … ${Math.max(...walls).toFixed(1)}), ` +
    processor[name].toFixed(1));
}
const best = (of) => Math.min(...kept.map((form) => of[`DuckDB, 2 threads: ${form}`]));
console.log(`ratio to the fastest SQL form: wall clock ${(best(wall) / wall["engine, 2 threads"]).toFixed(1)}, ` +
  `processor time ${(best(processor) / processor["engine, 2 threads"]).toFixed(1)}`);
