// Random expressions over lists that the rows give, of contexts and of numbers: rows and columns agree.
#include "tests/columns/random.hpp"

#include "tests/catch.hpp"

#include <map>

using namespace rows_and_columns;

namespace {

const char *const items = R"(<itemDefinition name="t_reponse"><typeRef>string</typeRef><allowedValues>
<text>"oui", "non", "peut-etre"</text></allowedValues></itemDefinition>
<itemDefinition name="t_un"><itemComponent name="c"><typeRef>string</typeRef></itemComponent>
<itemComponent name="r"><typeRef>t_reponse</typeRef></itemComponent>
<itemComponent name="n"><typeRef>number</typeRef></itemComponent>
<itemComponent name="b"><typeRef>boolean</typeRef></itemComponent>
<itemComponent name="d"><typeRef>date</typeRef></itemComponent></itemDefinition>
<itemDefinition name="t_liste" isCollection="true"><typeRef>t_un</typeRef></itemDefinition>
<itemDefinition name="t_nombres" isCollection="true"><typeRef>number</typeRef></itemDefinition>
<itemDefinition name="t_textes" isCollection="true"><typeRef>string</typeRef></itemDefinition>
)";

// What stands for a list of the pack.
const char *const classes =
    R"([{ code: "a", classe: "oui" }, { code: "b", classe: "non" }, { code: "rouge vif", classe: "oui" }])";

Value answer_of(Random &random) {
  static const std::vector<std::string> texts{"oui", "non", "peut-etre"};
  return random.one_of(texts);
}

// A list a row, and the columns of its items.
void add_list(Random &random, const dmn::ElementInfo &input, bool contexts, std::size_t rows, double nulls,
              std::vector<std::unique_ptr<Made>> &given) {
  struct Member {
    std::string name, type;
  };
  std::vector<Member> members;
  if (contexts)
    members = {{"c", "string"}, {"r", "reponse"}, {"n", "number"}, {"b", "boolean"}, {"d", "date"}};
  else
    members.push_back({"", input.name == "ns" ? "number" : "string"});
  auto lists = std::make_unique<Made>();
  lists->input = {input.slot, {}, Layout::list32, 0};
  std::vector<std::unique_ptr<Made>> columns;
  for (const Member &member : members) {
    auto made = std::make_unique<Made>();
    std::vector<std::string> path{"[]"};
    if (!member.name.empty())
      path.push_back(member.name);
    made->input = {input.slot, path,
                   member.type == "number"    ? Layout::decimal128
                   : member.type == "boolean" ? Layout::bits
                   : member.type == "date"    ? Layout::date32
                   : random.chance(0.5)       ? Layout::codes8
                                              : Layout::codes32,
                   member.type == "number" ? 2 : 0};
    columns.push_back(std::move(made));
  }
  const std::size_t longest = random.chance(0.1) ? 70 : 6;
  for (std::size_t row = 0; row < rows; ++row) {
    if (random.chance(nulls)) {
      lists->values.emplace_back();
      continue;
    }
    feel::List list;
    const std::size_t length = random.below(longest + 1);
    for (std::size_t i = 0; i < length; ++i) {
      feel::Context context;
      for (std::size_t m = 0; m < members.size(); ++m) {
        const Value value = random.chance(nulls)           ? Value()
                            : members[m].type == "reponse" ? answer_of(random)
                                                           : value_of(random, members[m].type);
        columns[m]->values.push_back(value);
        if (contexts)
          context.set(members[m].name, value);
        else
          list.push_back(value);
      }
      if (contexts)
        list.emplace_back(std::move(context));
    }
    lists->values.emplace_back(std::move(list));
  }
  fill(*lists, random.below(9));
  given.push_back(std::move(lists));
  for (auto &made : columns) {
    if (made->values.empty())
      made->values.emplace_back();
    fill(*made, random.below(9));
    given.push_back(std::move(made));
  }
}

// A FEEL text of the type over the lists `l`, `ns`, `ts` and the values `n0`, `b0`, `t0`; `in`: what names the item in
// hand, empty outside lists, with what stands before its members ("f." or nothing, in a filter).
std::string text_of(Random &random, const std::string &type, int depth, const std::string &in = {}) {
  const auto sub = [&](const std::string &of) { return text_of(random, of, depth - 1, in); };
  const auto one = [&](const std::vector<std::string> &words) { return random.one_of(words); };
  const bool inside = !in.empty();
  const std::string member = in == "[]" ? "" : in;
  if (type == "list") { // of contexts
    if (inside || depth <= 0 || random.chance(0.3))
      return "l";
    switch (random.below(4)) {
    case 3: { // one of two, of the same items
      const std::string kept = "l[" + text_of(random, "boolean", depth - 1, "[]") + "]";
      return "(if " + text_of(random, "boolean", depth - 1) + " then " + one({"l", kept.c_str(), "[]", "null"}) +
             " else " + one({"l", kept.c_str()}) + ")";
    }
    case 0:
      return "l[" + text_of(random, "boolean", depth - 1, "[]") + "]";
    case 1:
      return "(for g in l return { c: g.c, r: if count(classes[code = g.c]) > 0 then classes[code = g.c][1].classe "
             "else "
             "g.r, n: " +
             text_of(random, "number", depth - 1, "g.") + ", b: g.b, d: g.d })";
    default:
      return "l[" + text_of(random, "boolean", depth - 1, "[]") + "][" + text_of(random, "boolean", 0, "[]") + "]";
    }
  }
  if (depth <= 0 || random.chance(0.15)) {
    if (random.chance(0.25))
      return literal_of(random, type);
    if (inside && random.chance(0.7))
      return member + (type == "number" ? "n" : type == "boolean" ? "b" : type == "date" ? "d" : "c");
    return type == "number" ? "n0" : type == "boolean" ? "b0" : type == "date" ? "d0" : "t0";
  }
  if (type == "number") {
    switch (random.below(inside ? 3 : 11)) {
    case 9: // lists that are written out
      return one({"count(", "sum("}) + "if " + sub("boolean") + " then [" + sub("number") + ", " + sub("number") +
             "] else " + one({"[n0]", "[]", "null", "[n0, 2, 3][item > 1]"}) + ")";
    case 10:
      return one({"count(", "sum("}) + "concatenate(if " + sub("boolean") + " then [" + sub("number") +
             "] else [], [n0, " + sub("number") + "], " +
             one({"[1]", "[n0][item > 1]", "if b0 then [n0] else null", "if b0 then null else [2]"}) + "))";
    case 0:
      return "(" + sub("number") + one({" + ", " - ", " * "}) + sub("number") + ")";
    case 1:
      return "(if " + sub("boolean") + " then " + sub("number") + " else " + sub("number") + ")";
    case 2:
      return "first known(" + sub("number") + ", " + literal_of(random, "number") + ")";
    case 3:
      return "count(" + sub("list") + ")";
    case 4:
      return "count(distinct values(" + sub("list") + one({".c", ".n", ".r", ".d", ".b"}) + "))";
    case 5:
      return one({"sum(", "min(", "max("}) + sub("list") + ".n)";
    case 6:
      return one({"sum(", "min(", "max(", "count("}) + one({"ns", "ns[item > 0]", "ns[item != 1.25]"}) + ")";
    case 7:
      return "sum(for g in " + sub("list") + " return " + text_of(random, "number", depth - 1, "g.") + ")";
    default:
      return "count(classes[code = t0])";
    }
  }
  if (type == "boolean") {
    switch (random.below(inside ? 7 : 13)) {
    case 0:
      return "(" + sub("boolean") + one({" and ", " or "}) + sub("boolean") + ")";
    case 1:
      return "(" + sub("number") + one({" < ", " <= ", " > ", " >= ", " = ", " != "}) + sub("number") + ")";
    case 2:
      return inside ? "(" + member + one({"c = ", "c != ", "r = "}) + one({"\"a\"", "\"oui\"", "\"non\""}) + ")"
                    : "(t0 = \"a\")";
    case 3:
      return "not(" + sub("boolean") + ")";
    case 4:
      return "first known(" + sub("boolean") + ", " + one({"true", "false", "null", "b0"}) + ")";
    case 5:
      return inside ? "(if count(classes[code = " + member + "c]) > 0 then classes[code = " + member +
                          "c][1].classe else " + member + "r) = \"oui\""
                    : "list contains(classes.code, t0)";
    case 6:
      return "(" + sub("date") + one({" < ", " >= "}) + sub("date") + ")";
    case 7:
    case 8:
      return "(" + one({"some", "every"}) + " f in " + sub("list") + " satisfies " +
             text_of(random, "boolean", depth - 1, "f.") + ")";
    case 9:
      return "(every connu in classes satisfies some f in " + sub("list") + " satisfies f.c = connu.code and " +
             text_of(random, "boolean", depth - 1, "f.") + ")";
    case 10:
      return "list contains(" + sub("list") + one({".c, \"a\")", ".r, \"oui\")", ".n, 1.25)"});
    case 11:
      return one({"any(", "all("}) + sub("list") + ".b)";
    default:
      return "list contains(ts, " + literal_of(random, "string") + ")";
    }
  }
  if (type == "date" && !inside && random.chance(0.3))
    return one({"min(", "max("}) + sub("list") + ".d)";
  if (type == "date")
    return "(" + sub("date") + " + duration(\"" + one({"P1M", "P3D", "-P1M"}) + "\"))";
  return "t0";
}

} // namespace

namespace {

// Of the lists, what has no form in columns, at the top of a text or within one.
std::string formless_text(Random &random, const std::string &type, int depth) {
  const auto one = [&](const std::vector<std::string> &words) { return random.one_of(words); };
  if (type == "number")
    return one({"l[1].n", "l[-1].n", "count(concatenate(l, l[n > 0]))", "sum(for g in l return g.n / 4)",
                "count(l[string length(c) > 1])", "sum(ns) + ns[1]", "max(for g in l return abs(g.n))",
                "count(for a in l, b in ns return a.n + b)", "decimal(mean(ns), 2)",
                "string length(string join(l.c, \"/\"))",
                "sum(l[" + text_of(random, "boolean", depth, "[]") + "].n) + string length(t0)"});
  return one({"some a in l, b in ns satisfies a.n = b", "(l[1].c = t0)",
              "every g in l satisfies upper case(g.c) = \"A\"", "list contains(l.c, t0)",
              "list contains(ts, upper case(t0))", "some a in l satisfies count(l[c = a.c]) > 1", "(min(l.d) = l[1].d)",
              "some g in l satisfies (if g.b then contains(g.c, \"a\") else " +
                  text_of(random, "boolean", depth, "g.") + ")"});
}

// `texts`: instead of random ones.
Tally tally_of(std::uint32_t seeds, double formless, const std::vector<std::string> &texts = {}) {
  const std::vector<Domain> inputs{{"l", "t_liste"},  {"ns", "t_nombres"}, {"ts", "t_textes"}, {"n0", "number"},
                                   {"b0", "boolean"}, {"t0", "string"},    {"d0", "date"}};
  std::string elements = items;
  std::vector<std::string> needs{"d_classes"};
  for (const Domain &input : inputs) {
    elements += models::input(input.name, input.type);
    needs.push_back("i_" + input.name);
  }
  elements += models::decision("classes", {}, models::literal(classes));
  static const std::vector<std::string> types{"number", "boolean"};
  Tally tally;
  for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
    Random random(seed);
    const std::string &type = random.one_of(types);
    const int depth = 1 + static_cast<int>(seed % 4);
    std::string text = text_of(random, type, depth);
    if (formless > 0 && random.chance(formless))
      text = type == "number"     ? text + " + " + formless_text(random, type, depth)
             : random.chance(0.5) ? text + " and " + formless_text(random, type, depth)
                                  : "if " + text + " then " + formless_text(random, type, depth) + " else b0";
    if (!texts.empty())
      text = texts[seed % texts.size()];
    std::shared_ptr<const dmn::Model> model;
    try {
      model = models::load(elements + models::decision("resultat", needs, models::literal(text)));
    } catch (const Error &) {
      continue; // what the types refuse
    }
    for (const bool unknowns : {false, true}) {
      static const std::vector<std::string> sets{"baseline", "avx2", "avx512"};
      const std::size_t count = 50 + random.below(seed % 10 == 0 ? 1'500 : 150);
      const double nulls = random.chance(0.3) ? 0 : random.chance(0.3) ? 0.4 : 0.1;
      std::vector<std::unique_ptr<Made>> given;
      for (const Domain &input : inputs)
        if (input.type.starts_with("t_"))
          add_list(random, *model->find_input(input.name), input.name == "l", count, nulls, given);
        else
          given.push_back(column_of(random, *model->find_input(input.name), input.type, count, nulls));
      INFO("seed " << seed << (unknowns ? ", as in packs: " : ": ") << text);
      tally.add(compare(model, "resultat", std::move(given), unknowns, random.one_of(sets)));
    }
  }
  return tally;
}

} // namespace

TEST_CASE("rows and columns agree on lists of the rows", "[columns]") { tally_of(2'500, 0).check(); }

TEST_CASE("rows and columns agree on lists where a part has no form in columns", "[columns]") {
  const Tally tally = tally_of(1'200, 0.8);
  tally.check();
  CHECK(tally.mixed * 2 > tally.all);
}

// A condition that is an error leaves an item out, and the whole is an error all the same.
TEST_CASE("an error that counts beside a value is seen, whoever reads the value", "[columns]") {
  const Tally tally = tally_of(60, 0,
                               {"count([1, max(l[d0 < date(\"2023-02-10\")].n)])",
                                "count([l[d0 < date(\"2023-02-10\")], [n0]])", "{ a: n0, b: l[n / 3 > t0] }.a",
                                "count(for g in l return if string length(g.c) > g.n then [g.n] else [])",
                                "count([1, index of(ns, n0 / 0), list contains(ts, t0 + \"a\")])"});
  CHECK(tally.compiled * 3 > tally.all);
}
