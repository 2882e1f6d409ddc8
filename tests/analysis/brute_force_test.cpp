// The proof of the analysis: on small domains every input is tried, each rule by the row evaluator (a COLLECT twin of
// the table, whose outputs are the numbers of its rules), and what the analysis says must be what was seen. A cell of
// another form has two more twins, written by hand: what it certainly takes, and all that it may take. What does not
// depend on it must be said, and nothing else.
#include "tests/dmn/models.hpp"

#include "spie/analysis/analysis.hpp"
#include "spie/feel/expression.hpp"

#include <algorithm>
#include <random>
#include <set>

namespace {

using namespace models;
using analysis::TableReport;

// A cell of another form, as far as the analysis reads it.
struct Other {
  std::string cell, certain, possible;
};

// An input with cells to draw from, and values of each part into which those cells can cut it.
struct Domain {
  std::string type, allowed;
  std::vector<std::string> cells;
  std::vector<std::string> values; // FEEL
  std::vector<Other> others = {};
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
       {"-1", "0", "0.5", "1", "1.5", "2", "2.5", "3", "4"},
       {{"modulo(?, 2) = 0", "(2..1)", "-"},
        {"? > 0 and modulo(?, 2) = 1", "(2..1)", "> 0"},
        {"1, modulo(?, 2) = 0", "1", "-"},
        {"not(? >= 2 and modulo(?, 2) = 0)", "< 2", "-"},
        {"? < 1 or ? * ? > 4", "< 1", "-"},
        {"not(2, modulo(?, 2) = 0)", "(2..1)", "not(2)"}}},
      {"integer",
       "",
       {"-", "< 1", "<= 1", "> 2", ">= 2", "[0..2)", "(0..2]", "(1..3)", "1", "1, 3", "not(2)", "> 2.5", "[0.5..1.5]",
        "1.5", "not(< 1, > 2)", "? > 0 and ? < 3", "<= 3", "> 3"},
       {"-1", "0", "1", "2", "3", "4"},
       {{"modulo(?, 2) = 0", "(2..1)", "-"}, {"? > 1 and modulo(?, 2) = 0", "(2..1)", "> 1"}}},
      {"long",
       "[0..4]",
       {"-", "< 1", "(0..2)", "(2..4)", "3", "<= 3", "> 3", "not(1)", "4"},
       {"0", "1", "2", "3", "4"}},
      {"short", "", {"-", "<= 3", ">= 4", "> 3", "< 4", "(3..4)"}, {"2", "3", "4", "5"}},
      {"entier", "", {"-", "<= 3", ">= 4", "> 3", "< 4", "(3..4)", "[3..4]", "3.5"}, {"2", "3", "4", "5"}},
      {"t_age", "", {"-", "<= 1", "[2..3)", "> 2", "3", "not(0)", "(1..3)"}, {"0", "1", "2", "3"}},
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
       {"\"a\"", "\"b\"", "\"c\"", "\"zz\""},
       {{"string length(?) > 1", "\"nulle part\"", "-"},
        {"\"b\", string length(?) > 1", "\"b\"", "-"},
        {"? != \"a\" and string length(?) = 1", "\"nulle part\"", "not(\"a\")"}}},
      {"boolean", "", {"-", "true", "false", "not(true)", "true, false"}, {"true", "false"}},
      {"date",
       "",
       {"-", "< date(\"2024-01-02\")", ">= date(\"2024-01-02\")", "date(\"2024-01-03\")",
        "[date(\"2024-01-01\")..date(\"2024-01-03\")]", "not(date(\"2024-01-02\"))", "> date(\"2024-01-01\")"},
       {"date(\"2023-12-31\")", "date(\"2024-01-01\")", "date(\"2024-01-02\")", "date(\"2024-01-03\")",
        "date(\"2024-01-04\")"},
       {{"?.day = 2", "date(\"1900-01-01\")", "-"},
        {"? < date(\"2024-01-03\") and ?.month = 1", "date(\"1900-01-01\")", "< date(\"2024-01-03\")"}}},
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

bool numeric(const std::string &type) {
  return type == "number" || type == "integer" || type == "long" || type == "short" || type == "entier" ||
         type == "t_age";
}

enum class Reading { written, certain, possible };

struct Drawn {
  std::string policy;
  std::vector<const Domain *> inputs;
  std::vector<std::vector<std::string>> rules; // cells, then one output
  std::string name(std::size_t input) const { return "x" + std::to_string(input); }

  const Other *other(std::size_t rule, std::size_t input) const {
    for (const Other &one : inputs[input]->others)
      if (one.cell == rules[rule][input])
        return &one;
    return nullptr;
  }
  bool exact(std::size_t rule) const {
    for (std::size_t i = 0; i < inputs.size(); ++i)
      if (other(rule, i) != nullptr)
        return false;
    return true;
  }

  std::string xml(const std::string &with, bool numbered, Reading reading = Reading::written) const {
    std::string text = "<itemDefinition name=\"entier\"><typeRef>number</typeRef></itemDefinition>\n"
                       "<itemDefinition name=\"t_age\"><typeRef>entier</typeRef>"
                       "<allowedValues><text>[0..3]</text></allowedValues></itemDefinition>\n";
    std::vector<std::string> required;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      text += input(name(i), inputs[i]->type);
      required.push_back("i_" + name(i));
    }
    std::vector<Column> columns;
    for (std::size_t i = 0; i < inputs.size(); ++i)
      columns.push_back({name(i), inputs[i]->allowed});
    auto written = rules;
    for (std::size_t rule = 0; rule < rules.size(); ++rule)
      for (std::size_t i = 0; i < inputs.size(); ++i)
        if (const Other *one = other(rule, i); one != nullptr && reading != Reading::written)
          written[rule][i] = reading == Reading::certain ? one->certain : one->possible;
    for (std::size_t rule = 0; numbered && rule < written.size(); ++rule)
      written[rule].back() = std::to_string(rule + 1);
    return document(text + decision("d", required, table("hitPolicy=\"" + with + "\"", columns, {{"y"}}, written)));
  }
};

Drawn draw(std::mt19937 &random, bool others) {
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
      if (others && !domain->others.empty() && below(3) == 0)
        cells.push_back(domain->others[below(domain->others.size())].cell);
      else
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
      return numeric(type) || type == "boolean" || text.front() == '"' ? text
             : type.find("duration") != std::string::npos              ? "duration(\"" + text + "\")"
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

using Hits = std::vector<std::set<std::size_t>>; // by point, the rules; by rule, the points

Hits turned(const Hits &hits, std::size_t rules) {
  Hits points(rules + 1);
  for (std::size_t p = 0; p < hits.size(); ++p)
    for (const std::size_t rule : hits[p])
      points[rule].insert(p);
  return points;
}

Pairs together(const Hits &hits) {
  Pairs pairs;
  for (const auto &rules : hits)
    for (const std::size_t rule : rules)
      for (const std::size_t other : rules)
        if (rule < other)
          pairs.emplace(rule, other);
  return pairs;
}

bool all_in(const std::set<std::size_t> &some, const std::set<std::size_t> &all) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

void check(const Drawn &drawn) {
  const auto model = dmn::Model::load({{"model.dmn", drawn.xml(drawn.policy, false)}});
  const analysis::Report report = analysis::analyse(*model);
  REQUIRE(report.tables.size() == 1);
  const TableReport &table = report.tables.front();
  INFO(drawn.xml(drawn.policy, false));

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
  const auto twin = dmn::Model::load({{"twin.dmn", drawn.xml("COLLECT", true)}});
  const auto hits_of = [&](Reading reading) {
    const auto read = dmn::Model::load({{"twin.dmn", drawn.xml("COLLECT", true, reading)}});
    Hits hits;
    for (const auto &point : points)
      hits.push_back(rules_at(*read, point));
    return hits;
  };
  const Hits hits = hits_of(Reading::written);
  bool exact = true;
  for (std::size_t rule = 0; rule < drawn.rules.size(); ++rule)
    exact = exact && drawn.exact(rule);
  const Hits certain = exact ? hits : hits_of(Reading::certain), possible = exact ? hits : hits_of(Reading::possible);
  for (std::size_t p = 0; p < points.size(); ++p) { // the twins are what they say
    REQUIRE(all_in(hits[p], possible[p]));
    REQUIRE(all_in(certain[p], hits[p]));
  }
  const Hits matched = turned(hits, drawn.rules.size()), surely = turned(certain, drawn.rules.size()),
             perhaps = turned(possible, drawn.rules.size());

  bool readable = false, unknown = false;
  for (std::size_t i = 1; i <= drawn.rules.size(); ++i) {
    readable = readable || drawn.exact(i - 1) || perhaps[i].size() < points.size();
    if (drawn.exact(i - 1) || perhaps[i].empty())
      continue;
    unknown = true;
    for (std::size_t input = 0; input < drawn.inputs.size(); ++input)
      if (drawn.other(i - 1, input) != nullptr)
        CHECK(table.motif.find("«\u00a0" + drawn.name(input) + "\u00a0»") != std::string::npos);
  }
  INFO(table.motif);
  REQUIRE(table.analyse == (!readable ? analysis::Extent::impossible
                            : unknown ? analysis::Extent::partielle
                                      : analysis::Extent::complete));
  REQUIRE(table.motif.empty() == !unknown);
  if (!readable)
    return;

  for (std::size_t p = 0; p < points.size(); ++p) {
    const bool inside = std::any_of(table.trous.begin(), table.trous.end(),
                                    [&](const analysis::Gap &gap) { return in_region(gap.region, points[p], drawn); });
    std::string words;
    for (const auto &given : points[p])
      words += given.name + "=" + given.value.to_feel() + " ";
    std::string regions;
    for (const auto &gap : table.trous)
      regions += gap.region + " | ";
    INFO(words << " regions: " << regions);
    CHECK(inside == possible[p].empty());
    if (certain[p].empty() && !possible[p].empty())
      CHECK(table.motif.find("des trous") != std::string::npos);
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
  const Pairs overlaps = together(certain);
  CHECK(said == overlaps);
  CHECK((table.motif.find("des recouvrements") != std::string::npos) == (together(possible) != overlaps));
  Pairs expected_conflicts;
  for (const auto &[i, j] : overlaps)
    if (drawn.policy == "UNIQUE" || (drawn.policy == "ANY" && drawn.rules[i - 1].back() != drawn.rules[j - 1].back()))
      expected_conflicts.emplace(i, j);
  CHECK(conflicts == expected_conflicts);

  std::vector<std::size_t> dead, hidden;
  Pairs subsumed, seen_subsumed;
  for (std::size_t i = 1; i <= drawn.rules.size(); ++i) {
    if (perhaps[i].empty())
      dead.push_back(i);
    else if (drawn.policy == "FIRST" && std::all_of(perhaps[i].begin(), perhaps[i].end(), [&](std::size_t p) {
               return !certain[p].empty() && *certain[p].begin() < i;
             }))
      hidden.push_back(i);
    for (std::size_t j = 1; j <= drawn.rules.size(); ++j) {
      if (i == j || perhaps[i].empty() || perhaps[j].empty() || drawn.rules[i - 1].back() != drawn.rules[j - 1].back())
        continue;
      if (all_in(perhaps[i], surely[j]))
        subsumed.emplace(i, j);
      if (all_in(matched[i], matched[j]))
        seen_subsumed.emplace(i, j);
    }
  }
  CHECK(table.mortes == dead);
  CHECK(table.cachees == hidden);
  const Pairs said_subsumed(table.subsumees.begin(), table.subsumees.end());
  CHECK(std::includes(said_subsumed.begin(), said_subsumed.end(), subsumed.begin(), subsumed.end()));
  CHECK(std::includes(seen_subsumed.begin(), seen_subsumed.end(), said_subsumed.begin(), said_subsumed.end()));

  // Two rules merge into one when what they match together is a box again, and neither holds the other.
  Pairs mergeable;
  const Pairs meeting = together(hits);
  for (std::size_t i = 1; i <= drawn.rules.size(); ++i)
    for (std::size_t j = i + 1; j <= drawn.rules.size(); ++j) {
      if (matched[i].empty() || matched[j].empty() || drawn.rules[i - 1].back() != drawn.rules[j - 1].back())
        continue;
      std::set<std::size_t> both = matched[i];
      both.insert(matched[j].begin(), matched[j].end());
      if (both == matched[i] || both == matched[j])
        continue;
      if ((drawn.policy == "COLLECT" || drawn.policy == "RULE ORDER") && meeting.count({i, j}) != 0)
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
  Pairs merged;
  for (const auto &pair : table.fusionnables)
    if (!matched[pair.first].empty() && !matched[pair.second].empty()) // what never matches merges with anything
      merged.insert(pair);
  if (!exact) {
    CHECK(std::includes(mergeable.begin(), mergeable.end(), merged.begin(), merged.end()));
    return;
  }
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
    check(draw(random, false));
  }
}

TEST_CASE("a cell of another form leaves undecided what depends on it, and nothing else", "[analysis]") {
  std::mt19937 random(13);
  for (int round = 0; round < 400; ++round) {
    INFO("round " << round);
    check(draw(random, true));
  }
}
