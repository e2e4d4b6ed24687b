import { describe, expect, test } from "vitest";
import { applyCompletion, completionAt } from "../../src/graph/selector-completion.ts";
import type { GraphView } from "../../src/protocol.ts";
import { downstreamOf, upstreamOf } from "../../src/selection/lineage.ts";
import { outputsFor, renameInSelector, select } from "../../src/selection/selector.ts";
import { graphOf, nodeOf, random, randomGraph } from "../graph/graphs.ts";

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);

/** weather > temp_mean > anomaly > report, weather > rain > report */
function weather(): GraphView {
  const graph = graphOf(
    "weather > temp_mean",
    "temp_mean > anomaly",
    "anomaly > report",
    "weather > rain",
    "rain > report",
  );
  graph.nodes = [
    nodeOf("weather", { module: "sources", tags: { team: ["data", "core"] } }),
    nodeOf("temp_mean", { module: "features", tags: { unit: "C", team: "core" } }),
    nodeOf("anomaly", { module: "features", tags: { unit: "C" } }),
    nodeOf("rain", { module: "features", tags: { unit: "mm" } }),
    nodeOf("report", { module: "report" }),
  ];
  return graph;
}

function names(graph: GraphView, text: string): string[] {
  return graph.nodes.map((node) => node.name).filter((name) => select(graph, text).names.has(name));
}

describe("a selector", () => {
  test.each<[string, string[]]>([
    ["", []],
    ["anomaly", ["anomaly"]],
    ["+anomaly", ["weather", "temp_mean", "anomaly"]],
    ["temp_mean+", ["temp_mean", "anomaly", "report"]],
    ["+anomaly+", ["weather", "temp_mean", "anomaly", "report"]],
    ["1+anomaly", ["temp_mean", "anomaly"]],
    ["weather+1", ["weather", "temp_mean", "rain"]],
    ["0+anomaly", ["anomaly"]],
    ["rain anomaly", ["anomaly", "rain"]],
    ["rain,anomaly", ["anomaly", "rain"]],
    [" rain ,  anomaly ", ["anomaly", "rain"]],
    ["tag:unit", ["temp_mean", "anomaly", "rain"]],
    ["tag:unit=mm", ["rain"]],
    ["tag:team=core", ["weather", "temp_mean"]],
    ["tag:unit=mm+", ["rain", "report"]],
    ["module:features", ["temp_mean", "anomaly", "rain"]],
    ["module:features&tag:team", ["temp_mean"]],
    ["+report & module:features rain", ["temp_mean", "anomaly", "rain"]],
    ["*a*n*", ["temp_mean", "anomaly", "rain"]],
    ["r*t", ["report"]],
    ["*", ["weather", "temp_mean", "anomaly", "rain", "report"]],
  ])("%j selects %j", (text, expected) => {
    expect(names(weather(), text)).toEqual(expected);
    expect(select(weather(), text).problem).toBeNull();
  });

  test.each([
    ["anomly", "No node is named `anomly`. Did you mean `anomaly`?"],
    ["rian+", "No node is named `rian`. Did you mean `rain`?"],
    ["temp", "No node is named `temp`. Did you mean `temp_mean`?"],
    ["zzzzzzzz", "No node is named `zzzzzzzz`."],
    ["tag:untit", "No node has the tag `untit`. Did you mean `unit`?"],
    ["rain & features", "No node is named `features`. To select the module, enter `module:features`."],
    ["tag:unit=m", "No node has the tag `unit=m`. Did you mean `unit=C`?"],
    ["module:feature", "No module is named `feature`. Did you mean `features`?"],
    ["+", "Enter a node name next to `+` or `&`."],
    ["tag:", "Enter a tag after `tag:`."],
    ["module:", "Enter a module after `module:`."],
    ["rain&", "Enter a node name next to `+` or `&`."],
  ])("%j is answered with %j", (text, problem) => {
    expect(select(weather(), text).problem).toBe(problem);
  });

  test("selects known names next to unknown ones", () => {
    expect(names(weather(), "rain nowhere")).toEqual(["rain"]);
    expect(select(weather(), "rain nowhere").problem).toBe("No node is named `nowhere`.");
  });

  test("makes a run compute the named nodes and the leaf nodes of the selection", () => {
    const graph = weather();
    expect(outputsFor(graph, select(graph, "temp_mean+"))).toEqual(["temp_mean", "report"]);
    expect(outputsFor(graph, select(graph, "+anomaly"))).toEqual(["anomaly"]);
    graph.nodes.push(nodeOf("rate", { kind: "input" }));
    expect(outputsFor(graph, select(graph, "rate rain"))).toEqual(["rain"]);
  });
});

describe("a selector of any graph", () => {
  test.each(SEEDS)("agrees with the lineage on unions, intersections and reach (%i)", (seed) => {
    const graph = randomGraph(seed);
    const next = random(seed + 1000);
    const pick = (): string => graph.nodes[Math.floor(next() * graph.nodes.length)]?.name ?? "";
    const signed = (): string => (next() < 0.5 ? "+" : "") + pick() + (next() < 0.5 ? "+" : "");
    const [a, b, name] = [signed(), signed(), pick()];
    const of = (text: string): ReadonlySet<string> => select(graph, text).names;
    expect(of(`${a} ${b}`)).toEqual(new Set([...of(a), ...of(b)]));
    expect(of(`${b},${a}`)).toEqual(of(`${a} ${b}`));
    expect(of(`${a}&${b}`)).toEqual(new Set([...of(a)].filter((node) => of(b).has(node))));
    expect(of(`+${name}`)).toEqual(new Set([name, ...upstreamOf(graph.edges, name)]));
    expect(of(`${name}+`)).toEqual(new Set([name, ...downstreamOf(graph.edges, name)]));
    expect(of(`${graph.nodes.length}+${name}`)).toEqual(of(`+${name}`));
    for (const steps of [1, 2, 3]) {
      for (const node of of(`${steps}+${name}`)) expect(of(`${steps + 1}+${name}`).has(node)).toBe(true);
    }
  });

  test.each(SEEDS)("never fails on typed text (%i)", (seed) => {
    const next = random(seed);
    const signs = ["+", "&", ",", " ", "*", "=", ":", "tag:", "module:", "1", "node_1", "\\", "(", "é", "constructor"];
    const text = Array.from({ length: 12 }, () => signs[Math.floor(next() * signs.length)]).join("");
    const graph = randomGraph(seed);
    const known = new Set(graph.nodes.map((node) => node.name));
    const { names, named } = select(graph, text);
    for (const name of names) expect(known.has(name)).toBe(true);
    for (const name of named) expect(names.has(name)).toBe(true);
    expect(completionAt(graph, text, text.length).options.length).toBeLessThanOrEqual(8);
  });
});

describe("completion in a selector", () => {
  const at = (text: string, caret = text.length): string[] => completionAt(weather(), text, caret).options;

  test("offers names that start with the text, then names that contain it", () => {
    expect(at("a")).toEqual([
      "anomaly",
      "weather",
      "temp_mean",
      "rain",
      "tag:team",
      "tag:team=core",
      "tag:team=data",
      "module:features",
    ]);
    expect(at("+temp")).toEqual(["temp_mean"]);
    expect(at("rain,2+an")[0]).toBe("anomaly");
  });

  test("offers tags and modules", () => {
    expect(at("tag:u")).toEqual(["tag:unit", "tag:unit=C", "tag:unit=mm"]);
    expect(at("mod")).toEqual(["module:sources", "module:features", "module:report"]);
  });

  test("offers nothing for an empty or complete term", () => {
    for (const text of ["", "rain ", "+", "anomaly", "rain+"]) expect(at(text)).toEqual([]);
  });

  test("replaces the word at the caret with an option", () => {
    const text = "+ano+ rain";
    expect(applyCompletion(text, completionAt(weather(), text, 3), "anomaly")).toEqual({
      text: "+anomaly+ rain",
      caret: 8,
    });
  });
});

describe("a renamed node", () => {
  test.each([
    ["rain", "snow"],
    ["+rain", "+snow"],
    ["2+rain+3, rain & tag:rain", "2+snow+3, snow & tag:rain"],
    ["module:rain rainy *rain", "module:rain rainy *rain"],
    ["", ""],
  ])("is still selected by %j", (text, now) => {
    expect(renameInSelector(text, "rain", "snow")).toBe(now);
  });
});
