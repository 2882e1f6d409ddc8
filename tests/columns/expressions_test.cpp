// Random expressions over numbers, dates, booleans and texts: rows and columns agree, also where a part has no form in
// columns and is evaluated row by row.
#include "tests/columns/random.hpp"

#include "tests/catch.hpp"

#include <map>

using namespace rows_and_columns;

namespace {

std::string text_of(Random &random, const std::string &type, int depth, double formless);

// A FEEL text of the type that has no form in columns, over what may have one.
std::string formless_text(Random &random, const std::string &type, int depth, double formless) {
  const auto sub = [&](const std::string &of) { return text_of(random, of, depth - 1, formless); };
  const auto one = [&](const std::vector<std::string> &words) { return random.one_of(words); };
  if (type == "number")
    return one({"string length(" + sub("string") + ")", "abs(" + sub("number") + ")",
                "decimal(" + sub("number") + " / " + one({"3", "n1", "7"}) + ", 2)",
                "modulo(" + sub("number") + ", " + one({"3", "n1"}) + ")", "floor(" + sub("number") + " ** 2)",
                "number(string(" + sub("number") + "))", "n0 / n1", "{ a: n0 / 3, b: 2 }.b",
                "[n0, " + sub("number") + "][" + one({"1", "2", "-1", "3"}) + "]",
                "(for i in [n0, n1] return i / 3)[1]"});
  if (type == "boolean")
    return one({"contains(" + sub("string") + ", " + one({"\"a\"", "\"o\"", sub("string")}) + ")",
                "(" + sub("string") + one({" < ", " >= ", " = "}) + sub("string") + ")",
                "matches(" + sub("string") + ", \"a|b\")", "(" + sub("number") + " / 3 > " + sub("number") + ")",
                "(" + sub("number") + " instance of number)", "even(round up(" + sub("number") + ", 0))",
                "(count([t0, " + sub("string") + "][item != null]) > 1)", "(upper case(t0) in (\"A\", \"B\"))"});
  if (type == "date")
    return one({"date(string(" + sub("date") + "))",
                "(" + sub("date") + " + duration(\"P\" + string(abs(floor(n0))) + \"D\"))",
                "date(2023, 1 + abs(floor(n0)), 1)"});
  if (type == "years and months duration")
    return one({"years and months duration(" + sub("date") + ", " + sub("date") + ")", "(m0 * " + sub("number") + ")"});
  return one({"upper case(" + sub("string") + ")", "substring(" + sub("string") + ", 2)",
              "(" + sub("string") + " + \"!\")", "string(" + sub("number") + ")", "string(" + sub("date") + ")",
              "string join([t0, " + sub("string") + "], \"-\")", "replace(" + sub("string") + ", \"a\", \"b\")"});
}

// A FEEL text of the type over the inputs n0, n1 (numbers), b0, b1 (booleans), t0 (text), d0, d1 (dates), m0, s0
// (durations); `formless`: how often a part of it has no form in columns.
std::string text_of(Random &random, const std::string &type, int depth, double formless) {
  const auto sub = [&](const std::string &of) { return text_of(random, of, depth - 1, formless); };
  const auto one = [&](const std::vector<std::string> &words) { return random.one_of(words); };
  if (formless > 0 && depth > 0 && type != "days and time duration" && random.chance(formless))
    return formless_text(random, type, depth, formless);
  if (depth <= 0 || random.chance(0.15)) {
    if (random.chance(0.02))
      return "null";
    if (random.chance(0.35))
      return literal_of(random, type);
    if (type == "number")
      return one({"n0", "n1"});
    if (type == "boolean")
      return one({"b0", "b1"});
    if (type == "date")
      return one({"d0", "d1"});
    if (type == "years and months duration")
      return "m0";
    if (type == "days and time duration")
      return "s0";
    return "t0";
  }
  // One member of a context that a condition chooses.
  if (random.chance(0.06)) {
    const auto context = [&](const std::string &member) {
      return random.chance(0.15) ? std::string("null")
                                 : "{ a: " + (random.chance(0.1) ? std::string("null") : member) +
                                       ", b: " + one({"1", "n1", "\"x\""}) + " }";
    };
    return "(if " + sub("boolean") + " then " + context(sub(type)) + " else " + context(sub(type)) + ").a";
  }
  if (type == "years and months duration")
    return random.chance(0.5) ? "(m0" + one({" + ", " - "}) + literal_of(random, type) + ")"
                              : "(if " + sub("boolean") + " then " + sub(type) + " else " + sub(type) + ")";
  if (type == "days and time duration")
    return random.chance(0.5) ? "(" + sub("date") + " - " + sub("date") + ")"
                              : "(if " + sub("boolean") + " then " + sub(type) + " else " + sub(type) + ")";
  if (type == "number") {
    switch (random.below(11)) {
    case 9:
      return sub("date") + one({".year", ".month", ".day", ".weekday"});
    case 10:
      return random.chance(0.5) ? sub("years and months duration") + one({".years", ".months"})
                                : sub("days and time duration") + one({".days", ".hours", ".minutes", ".seconds"});
    case 0:
      return "(" + sub("number") + one({" + ", " - ", " * "}) + sub("number") + ")";
    case 1:
      return "(if " + sub("boolean") + " then " + sub("number") + " else " + sub("number") + ")";
    case 2:
      return "count([" + sub("boolean") + ", " + sub("boolean") + ", " + sub("boolean") + "][item = true])";
    case 3:
      return one({"min(", "max("}) + sub("number") + ", " + sub("number") + ")";
    case 4:
      return one({"round half up(", "round up(", "round down(", "decimal(", "floor(", "ceiling(", "round half down("}) +
             sub("number") + ", " + one({"0", "1", "2"}) + ")";
    case 5:
      return "sum([" + sub("number") + ", " + sub("number") + "])";
    case 6:
      return "sum([" + sub("number") + ", " + sub("number") + "][item " + one({"> ", "<= "}) +
             literal_of(random, "number") + "])";
    case 7:
      return "(" + sub("number") + " / " + one({"2", "4", "0.5", "10"}) + ")";
    default:
      return "-" + sub("number");
    }
  }
  if (type == "boolean") {
    switch (random.below(9)) {
    case 0:
      return "(" + sub("boolean") + one({" and ", " or "}) + sub("boolean") + ")";
    case 1:
      return "(" + sub("number") + one({" < ", " <= ", " > ", " >= ", " = ", " != "}) + sub("number") + ")";
    case 2:
      return "(" + sub("date") + one({" < ", " <= ", " > ", " >= ", " = "}) + sub("date") + ")";
    case 3:
      return "(t0" + one({" = ", " != "}) + literal_of(random, "string") + ")";
    case 4:
      return "(" + sub("number") + " in (" + one({"<", ">=", ""}) + literal_of(random, "number") + ", [0..2)))";
    case 5:
      return "(" + sub("number") + " between " + literal_of(random, "number") + " and " + sub("number") + ")";
    case 6:
      return "not(" + sub("boolean") + ")";
    case 7:
      return "(" + sub("boolean") + one({" = ", " != "}) + one({"true", "false", "null"}) + ")";
    default:
      return "(if " + sub("boolean") + " then " + sub("boolean") + " else " + sub("boolean") + ")";
    }
  }
  if (type == "date" && random.chance(0.2))
    return one({"min(", "max("}) + sub("date") + ", " + sub("date") + ")";
  if (type == "date" && random.chance(0.35))
    return "(" + sub("date") + one({" + ", " - "}) + sub(one({"years and months duration", "days and time duration"})) +
           ")";
  if (type == "date")
    return random.chance(0.5) ? "(" + sub("date") + one({" + ", " - "}) + "duration(\"" +
                                    one({"P1M", "P26Y", "P2M", "P3D", "PT30H", "P13M", "-P1M"}) + "\"))"
                              : "(if " + sub("boolean") + " then " + sub("date") + " else " + sub("date") + ")";
  return random.chance(0.5) ? "t0"
                            : "(if " + sub("boolean") + " then " + literal_of(random, "string") + " else " +
                                  literal_of(random, "string") + ")";
}

} // namespace

namespace {

Tally tally_of(std::uint32_t seeds, double formless) {
  const std::vector<Domain> inputs{{"n0", "number"},
                                   {"n1", "number"},
                                   {"b0", "boolean"},
                                   {"b1", "boolean"},
                                   {"t0", "string"},
                                   {"d0", "date"},
                                   {"d1", "date"},
                                   {"m0", "years and months duration"},
                                   {"s0", "days and time duration"}};
  std::string elements;
  std::vector<std::string> needs;
  for (const Domain &input : inputs) {
    elements += models::input(input.name, input.type);
    needs.push_back("i_" + input.name);
  }
  // What has no form in columns and gives a duration says too little of its type to stand alone.
  std::vector<std::string> types{"number", "boolean", "date", "string"};
  if (formless == 0)
    types.insert(types.end(), {"years and months duration", "days and time duration"});
  Tally tally;
  for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
    Random random(seed);
    const std::string text = text_of(random, random.one_of(types), 1 + static_cast<int>(seed % 4), formless);
    std::shared_ptr<const dmn::Model> model;
    try {
      model = models::load(elements + models::decision("resultat", needs, models::literal(text)));
    } catch (const Error &) {
      continue; // what the types refuse
    }
    for (const bool unknowns : {false, true}) {
      static const std::vector<std::string> sets{"baseline", "avx2", "avx512"};
      const std::size_t count = 50 + random.below(1'100);
      const double nulls = random.chance(0.3) ? 0 : random.chance(0.3) ? 0.4 : 0.12;
      std::vector<std::unique_ptr<Made>> given;
      for (const Domain &input : inputs)
        given.push_back(column_of(random, *model->find_input(input.name), input.type, count, nulls));
      INFO("seed " << seed << (unknowns ? ", as in packs: " : ": ") << text);
      tally.add(compare(model, "resultat", std::move(given), unknowns, random.one_of(sets)));
    }
  }
  return tally;
}

} // namespace

TEST_CASE("rows and columns agree on random expressions", "[columns]") { tally_of(2'000, 0).check(); }

TEST_CASE("rows and columns agree where a part has no form in columns", "[columns]") {
  const Tally tally = tally_of(2'000, 0.35);
  tally.check();
  CHECK(tally.mixed * 3 > tally.all);
  CHECK(tally.compiled * 5 > tally.all * 4);
}
