// The proof of the analysis: on small domains every input is tried, each rule by the row evaluator (a COLLECT twin of
// the table, whose outputs are the numbers of its rules), and what the analysis says must be what was seen.
#include "tests/dmn/models.hpp"

#include "spie/analysis/analysis.hpp"
#include "spie/feel/expression.hpp"

#include <algorithm>
#include <random>
#include <set>

namespace {

using namespace models;
using analysis::TableReport;

// An input with cells to draw from, and values of each part into which those cells can cut it.
struct Domain {
  std::string type, allowed;
  std::vector<std::string> cells;
  std::vector<std::string> values; // FEEL
  bool dates = false;
};

const std::vector<Domain> &domains() {
  static const std::vector<Domain> all{
      {"number",
       "",
       {"-",
        "< 1",
        "<= 1",
        "> 2",
        ">= 2",
        "[0..2)",
        "(0..2]",
        "1",
        "1, 3",
        "not(2)",
        "not(< 1, > 2)",
        "? > 0 and ? < 3",
        "[1..1]",
        "> 3, < 0",
        "? = 1 or ? >= 3",
        "(2..1)",
        "null",
        "not(null)",
        "? between 0 and 2",
        "[0, 3]"},
       {"-1", "0", "0.5", "1", "1.5", "2", "2.5", "3", "4"}},
      {"number",
       "[0..3]",
       {"-", "< 1", "<= 1", "> 2", ">= 2", "[0..2)", "1", "not(2)", "> 3", "not([0..3])"},
       {"0", "0.5", "1", "1.5", "2", "2.5", "3"}},
      {"number", "1, 2, 5", {"-", "1", "2, 5", "> 1", "not(1)", "3", "< 1", "[2..5)"}, {"1", "2", "5"}},
      {"string",
       "\"a\", \"b\", \"c\"",
       {"-", "\"a\"", "\"a\", \"b\"", "not(\"a\")", "\"c\"", "\"d\"", "not(\"a\", \"b\", \"c\")", "? != \"b\""},
       {"\"a\"", "\"b\"", "\"c\""}},
      {"string",
       "",
       {"-", "\"a\"", "\"a\", \"b\"", "not(\"a\")", "\"c\"", "not(\"a\", \"b\")"},
       {"\"a\"", "\"b\"", "\"c\"", "\"zz\""}},
      {"boolean", "", {"-", "true", "false", "not(true)", "true, false"}, {"true", "false"}},
      {"date",
       "",
       {"-", "< date(\"2024-01-02\")", ">= date(\"2024-01-02\")", "date(\"2024-01-03\")",
        "[date(\"2024-01-01\")..date(\"2024-01-03\")]", "not(date(\"2024-01-02\"))", "> date(\"2024-01-01\")"},
       {"date(\"2023-12-31\")", "date(\"2024-01-01\")", "date(\"2024-01-02\")", "date(\"2024-01-03\")",
        "date(\"2024-01-04\")"},
       true},
      {"days and time duration",
       "",
       {"-", "< duration(\"P1D\")", "[duration(\"P1D\")..duration(\"P2D\")]", "> duration(\"P2D\")"},
       {"duration(\"PT0S\")", "duration(\"P1D\")", "duration(\"PT36H\")", "duration(\"P2D\")", "duration(\"P3D\")"}},
      {"years and months duration",
       "",
       {"-", "< duration(\"P1Y\")", ">= duration(\"P1Y\")", "duration(\"P13M\")"},
       {"duration(\"P0M\")", "duration(\"P11M\")", "duration(\"P1Y\")", "duration(\"P13M\")", "duration(\"P14M\")"}},
      {"time",
       "",
       {"-", "< time(\"12:00:00\")", ">= time(\"12:00:00\")", "[time(\"08:00:00\")..time(\"12:00:01\"))",
        "> time(\"23:59:59\")"},
       {"time(\"00:00:00\")", "time(\"08:00:00\")", "time(\"09:00:00\")", "time(\"12:00:00\")", "time(\"12:00:01\")",
        "time(\"23:59:59\")"}},
      {"date and time",
       "",
       {"-", "< date and time(\"2024-01-01T12:00:00\")", ">= date and time(\"2024-01-01T12:00:00\")",
        "> date and time(\"2024-01-01T12:00:01\")"},
       {"date and time(\"2024-01-01T11:00:00\")", "date and time(\"2024-01-01T12:00:00\")",
        "date and time(\"2024-01-01T12:00:01\")", "date and time(\"2024-01-01T12:00:02\")"}}};
  return all;
}

Value feel_value(const std::string &text) {
  static const feel::Scope empty;
  feel::Evaluation evaluation;
  return feel::Expression::compile(text, empty).evaluate(evaluation);
}

struct Drawn {
  std::string policy;
  std::vector<const Domain *> inputs;
  std::vector<std::vector<std::string>> rules; // cells, then one output
  std::string name(std::size_t input) const { return "x" + std::to_string(input); }

  std::string xml(const std::string &with, bool numbered) const {
    std::string text, needs;
    std::vector<std::string> required;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      text += input(name(i), inputs[i]->type);
      required.push_back("i_" + name(i));
    }
    std::vector<Column> columns;
    for (std::size_t i = 0; i < inputs.size(); ++i)
      columns.push_back({name(i), inputs[i]->allowed});
    auto written = rules;
    for (std::size_t rule = 0; numbered && rule < written.size(); ++rule)
      written[rule].back() = std::to_string(rule + 1);
    return document(text + decision("d", required, table("hitPolicy=\"" + with + "\"", columns, {{"y"}}, written)));
  }
};

Drawn draw(std::mt19937 &random) {
  const auto below = [&](std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
  };
  static const std::vector<std::string> policies{"UNIQUE", "FIRST", "ANY", "COLLECT", "RULE ORDER", "PRIORITY"};
  Drawn drawn;
  drawn.policy = policies[below(policies.size() - 1)];
  const std::size_t width = 1 + below(3);
  for (std::size_t i = 0; i < width; ++i)
    drawn.inputs.push_back(&domains()[below(domains().size())]);
  const std::size_t length = 1 + below(6);
  for (std::size_t rule = 0; rule < length; ++rule) {
    std::vector<std::string> cells;
    for (const Domain *domain : drawn.inputs)
      cells.push_back(domain->cells[below(3) == 0 ? 0 : below(domain->cells.size())]);
    cells.push_back(std::to_string(below(2)));
    drawn.rules.push_back(std::move(cells));
  }
  return drawn;
}

std::set<std::size_t> rules_at(const dmn::Model &twin, const std::vector<dmn::Given> &given) {
  std::set<std::size_t> rules;
  const Value value = twin.evaluate("d", given).value;
  if (value.is(feel::Kind::list))
    for (const Value &rule : value.list())
      rules.insert(static_cast<std::size_t>(rule.number().to_int64().value_or(0)));
  return rules;
}

std::vector<dmn::Given> given_of(const Context &context) {
  std::vector<dmn::Given> given;
  for (const auto &[name, value] : context)
    given.push_back({name, value});
  return given;
}

// A region in words as a FEEL test of the inputs.
bool in_region(const std::string &region, const std::vector<dmn::Given> &point, const Drawn &drawn) {
  if (region == "toutes les entrées")
    return true;
  static const std::string mark = " et ";
  std::size_t start = 0;
  while (start <= region.size()) {
    std::size_t end = region.find(mark, start);
    if (end == std::string::npos)
      end = region.size();
    std::string part = region.substr(start, end - start);
    start = end + mark.size();
    const std::size_t space = part.find(' ');
    const std::string name = part.substr(0, space);
    std::string rest = part.substr(space + 1);
    const std::size_t input = static_cast<std::size_t>(std::stoul(name.substr(1)));
    const Value &value = point[input].value;
    const std::string &type = drawn.inputs[input]->type;
    const auto literal = [&](const std::string &text) {
      return type == "number" || type == "boolean" || text.front() == '"' ? text
             : type.find("duration") != std::string::npos                 ? "duration(\"" + text + "\")"
                                                                          : type + "(\"" + text + "\")";
    };
    std::string test;
    if (rest == ": toute autre valeur") {
      for (const auto &rule : drawn.rules)
        if (rule[input].find(value.to_feel()) != std::string::npos)
          return false;
      continue;
    }
    if (rest.starts_with("dans ")) {
      const std::size_t dots = rest.find("..");
      test = rest.substr(5, 1) + literal(rest.substr(6, dots - 6)) + ".." +
             literal(rest.substr(dots + 2, rest.size() - dots - 3)) + rest.back();
    } else if (rest.starts_with("parmi ")) {
      test = rest.substr(6);
    } else {
      const std::size_t after = rest.find(' ');
      test = rest.substr(0, after) + " " + literal(rest.substr(after + 1));
    }
    static const feel::Scope empty;
    feel::Evaluation evaluation;
    if (!feel::Expression::compile_unary_tests(test, empty, feel::Type()).test(evaluation, value).is_true())
      return false;
  }
  return true;
}

using Pairs = std::set<std::pair<std::size_t, std::size_t>>;

void check(const Drawn &drawn) {
  const auto twin = dmn::Model::load({{"twin.dmn", drawn.xml("COLLECT", true)}});
  const auto model = dmn::Model::load({{"model.dmn", drawn.xml(drawn.policy, false)}});
  const analysis::Report report = analysis::analyse(*model);
  REQUIRE(report.tables.size() == 1);
  const TableReport &table = report.tables.front();
  INFO(drawn.xml(drawn.policy, false));
  REQUIRE(table.motif == "");
  REQUIRE(table.analyse == analysis::Extent::complete);

  // Every input.
  std::vector<std::vector<dmn::Given>> points{{}};
  for (std::size_t i = 0; i < drawn.inputs.size(); ++i) {
    std::vector<std::vector<dmn::Given>> longer;
    for (const auto &point : points)
      for (const std::string &value : drawn.inputs[i]->values) {
        longer.push_back(point);
        longer.back().push_back({drawn.name(i), feel_value(value)});
      }
    points = std::move(longer);
  }
  std::vector<std::set<std::size_t>> hits;
  for (const auto &point : points)
    hits.push_back(rules_at(*twin, point));

  std::vector<std::set<std::size_t>> matched(drawn.rules.size() + 1); // the points of a rule
  std::set<std::size_t> shown;                                        // the rules that come first somewhere
  Pairs overlaps;
  for (std::size_t p = 0; p < points.size(); ++p) {
    if (!hits[p].empty())
      shown.insert(*hits[p].begin());
    for (const std::size_t rule : hits[p]) {
      matched[rule].insert(p);
      for (const std::size_t other : hits[p])
        if (rule < other)
          overlaps.emplace(rule, other);
    }
    const bool inside = std::any_of(table.trous.begin(), table.trous.end(),
                                    [&](const analysis::Gap &gap) { return in_region(gap.region, points[p], drawn); });
    std::string words;
    for (const auto &given : points[p])
      words += given.name + "=" + given.value.to_feel() + " ";
    std::string regions;
    for (const auto &gap : table.trous)
      regions += gap.region + " | ";
    INFO(words << " regions: " << regions);
    CHECK(inside == hits[p].empty());
  }
  for (const analysis::Gap &gap : table.trous) {
    CHECK(rules_at(*twin, given_of(gap.temoin)).empty());
    const auto point = given_of(gap.temoin);
    REQUIRE(point.size() == drawn.inputs.size());
  }

  Pairs said, conflicts;
  for (const analysis::Overlap &overlap : table.recouvrements) {
    said.emplace(overlap.first, overlap.second);
    if (overlap.conflit)
      conflicts.emplace(overlap.first, overlap.second);
    const auto at = rules_at(*twin, given_of(overlap.temoin));
    CHECK(at.count(overlap.first) == 1);
    CHECK(at.count(overlap.second) == 1);
  }
  CHECK(said == overlaps);
  Pairs expected_conflicts;
  for (const auto &[i, j] : overlaps)
    if (drawn.policy == "UNIQUE" || (drawn.policy == "ANY" && drawn.rules[i - 1].back() != drawn.rules[j - 1].back()))
      expected_conflicts.emplace(i, j);
  CHECK(conflicts == expected_conflicts);

  std::vector<std::size_t> dead, hidden;
  Pairs subsumed, mergeable;
  for (std::size_t i = 1; i <= drawn.rules.size(); ++i) {
    if (matched[i].empty())
      dead.push_back(i);
    else if (drawn.policy == "FIRST" && shown.count(i) == 0)
      hidden.push_back(i);
    for (std::size_t j = 1; j <= drawn.rules.size(); ++j)
      if (i != j && !matched[i].empty() && !matched[j].empty() &&
          drawn.rules[i - 1].back() == drawn.rules[j - 1].back() &&
          std::includes(matched[j].begin(), matched[j].end(), matched[i].begin(), matched[i].end()))
        subsumed.emplace(i, j);
  }
  CHECK(table.mortes == dead);
  CHECK(table.cachees == hidden);
  CHECK(Pairs(table.subsumees.begin(), table.subsumees.end()) == subsumed);

  // Two rules merge into one when what they match together is a box again, and neither holds the other.
  for (std::size_t i = 1; i <= drawn.rules.size(); ++i)
    for (std::size_t j = i + 1; j <= drawn.rules.size(); ++j) {
      if (matched[i].empty() || matched[j].empty() || drawn.rules[i - 1].back() != drawn.rules[j - 1].back())
        continue;
      std::set<std::size_t> both = matched[i];
      both.insert(matched[j].begin(), matched[j].end());
      if (both == matched[i] || both == matched[j])
        continue;
      if ((drawn.policy == "COLLECT" || drawn.policy == "RULE ORDER") && overlaps.count({i, j}) != 0)
        continue;
      std::size_t box = 1;
      std::size_t step = points.size();
      for (const Domain *domain : drawn.inputs) {
        step /= domain->values.size();
        std::set<std::size_t> projection;
        for (const std::size_t p : both)
          projection.insert(p / step % domain->values.size());
        box *= projection.size();
      }
      if (box == both.size())
        mergeable.emplace(i, j);
    }
  const Pairs merged(table.fusionnables.begin(), table.fusionnables.end());
  if (drawn.policy == "FIRST" || drawn.policy == "RULE ORDER") // not across a rule that would then come later
    CHECK(std::includes(mergeable.begin(), mergeable.end(), merged.begin(), merged.end()));
  else
    CHECK(merged == mergeable);
}

} // namespace

TEST_CASE("what the analysis says of a table is what trying every input shows", "[analysis]") {
  std::mt19937 random(20261129);
  for (int round = 0; round < 400; ++round) {
    INFO("round " << round);
    check(draw(random));
  }
}
