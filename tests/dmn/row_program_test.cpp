// A decision that is evaluated often answers by a program, and as it did before: the walk through its tree, which a
// limit of its own asks for, is the judge.
#include "tests/dmn/models.hpp"

#include "rules/dmn/row_program.hpp"
#include "spie/dmn/row.hpp"
#include "spie/dmn/values.hpp"
#include "spie/json.hpp"

#include <functional>
#include <random>

using namespace models;

namespace {

constexpr int often = 200; // evaluations: more than it takes

std::string outcome(const std::function<dmn::Result()> &call) {
  try {
    return write_json(dmn::to_value(call()));
  } catch (const Error &error) {
    return to_string(error.first());
  }
}

// Evaluates by name, prepared and as a row that is kept, each often, with the values drawn; all must answer as the
// walk.
void check(const std::shared_ptr<const dmn::Model> &model, const std::string &name,
           const std::function<Value(std::mt19937 &, const dmn::ElementInfo &)> &draw, bool unknowns) {
  const auto decision = model->decision(name);
  dmn::EvaluateOptions usual;
  usual.facts_may_be_unknown = unknowns;
  dmn::EvaluateOptions walk = usual;
  walk.limits.steps -= 1;
  const auto row = dmn::Row::of(decision, usual);
  std::mt19937 random(20261129);
  for (int i = 0; i < often; ++i) {
    std::vector<dmn::Given> given;
    std::vector<Value> values;
    std::string shown;
    row->clear();
    for (const dmn::ElementInfo *input : decision->inputs()) {
      values.push_back(draw(random, *input));
      shown += input->name + " = " + values.back().to_feel() + "; ";
      if (!values.back().is_null())
        given.push_back({input->name, values.back(), {}});
    }
    const std::string expected = outcome([&] { return model->evaluate(name, given, walk); });
    INFO(i << ": " << shown);
    REQUIRE(outcome([&] { return model->evaluate(name, given, usual); }) == expected);
    REQUIRE(outcome([&] { return decision->evaluate(given, usual); }) == expected);
    REQUIRE(outcome([&] { return decision->evaluate(std::span<const Value>(values), usual); }) == expected);
    REQUIRE(outcome([&] {
              for (const dmn::Given &one : given)
                row->set(*row->find(one.name), one.value);
              return row->evaluate();
            }) == expected);
  }
}

Value one_of(std::mt19937 &random, const std::vector<Value> &values) { return values[random() % values.size()]; }

Value any_value(std::mt19937 &random, const dmn::ElementInfo &input) {
  static const std::vector<Value> numbers{0,
                                          1,
                                          17,
                                          18,
                                          64,
                                          65,
                                          *feel::Number::parse("12.50"),
                                          *feel::Number::parse("1e3"),
                                          *feel::Number::parse("0.00"),
                                          -18,
                                          *feel::Number::parse("17.99995"), // of more decimals than a program takes
                                          *feel::Number::parse("123456789012345678901234"),
                                          std::int64_t{9'000'000'000'000'000}};
  static const std::vector<Value> texts{"a", "b", "rural", "", "une autre", "été"};
  static const std::vector<Value> others{Value(), true, "18", 18, feel::List{1, 2}, *feel::Date::parse("2024-02-29")};
  if (random() % 8 == 0)
    return one_of(random, others); // of another type, or not given
  switch (input.type.kind()) {
  case feel::Type::Kind::number:
    return one_of(random, numbers);
  case feel::Type::Kind::text:
    return one_of(random, texts);
  case feel::Type::Kind::boolean:
    return random() % 2 == 0;
  case feel::Type::Kind::date:
    return feel::Date{static_cast<std::int64_t>(random() % 30'000) - 5'000};
  default:
    return one_of(random, others);
  }
}

std::shared_ptr<const dmn::Model> tariffs() {
  return load(input("age", "number") + input("zone", "string") + input("depuis", "date") + input("admis", "boolean") +
              input("libre") +
              decision("tarif", {"i_age", "i_zone", "i_admis"},
                       table("hitPolicy=\"UNIQUE\"", {{"age"}, {"zone"}, {"admis"}}, {{"prix"}, {"motif"}},
                             {{"< 18", "-", "-", "2.50", "\"jeune\""},
                              {"[18..65)", "\"rural\",\"a\"", "true", "10.10", "\"rural\""},
                              {">= 65", "not(\"b\")", "-", "0.00", "\"age\""},
                              {"> 100", "-", "-", "1", "\"deux\""}})) +
              decision("part", {"d_tarif", "i_age"}, literal("round half up(tarif.prix * 0.80 + age / 4, 2)")) +
              decision("delai", {"i_depuis"}, literal("depuis + duration(\"P1M\") <= date(\"2022-02-28\")")) +
              decision("tout", {"d_tarif", "d_part", "d_delai", "i_zone", "i_admis", "i_age"},
                       literal("{tarif: tarif, part: part, delai: delai, zone: zone, ou: delai or admis, "
                               "plus: if admis then age + 1.00 else -age, somme: sum([age, 2.5]), "
                               "liste: [1, 2, 3][item > 1]}")) +
              decision("ouvert", {"i_libre"}, literal("libre")) +
              decision("instant", {"i_age"}, literal("if age > 18 then today() else null")));
}

// Every kind of operation that may lack something, each in a decision of its own, and all of them in one.
std::shared_ptr<const dmn::Model> lacking(std::vector<std::string> &names) {
  const std::vector<std::pair<std::string, std::string>> texts{
      {"somme", "sum([a, b, 2])"},
      {"retenus", "sum([a, b, 2][item > 1])"},
      {"compte", "count([c, a > 1, b > 2][item = true])"},
      {"vrais", "count([c, e][item = true])"},
      {"choix", "if a > b then t else \"z\""},
      {"entre", "a between 1 and b"},
      {"dans", "a in [1..10]"},
      {"ou", "c or a > 1 or b < 2 or d < date(\"2022-01-01\")"},
      {"et", "c and a > 1 and t = \"a\" and not(e)"},
      {"produit", "-(a - b) * 2"},
      {"arrondi", "round half up(a / 4, 2) + decimal(b, 1) - floor(a)"},
      {"bornes", "max(a, b) - min(a, 3, b)"},
      {"jours", "d + duration(\"P1M\") > d - duration(\"P3D\")"},
      {"ecart", "(d - date(\"2022-01-01\")) > duration(\"P30D\")"},
      {"connu", "first known(a, b, unknown fact(\"ailleurs\"))"},
      {"nul", "a = null or b != 2"},
      {"un_de_trois", "some x in [a, b, 3] satisfies x > 2"},
      {"tous", "every x in [c, e] satisfies x"}};
  const std::vector<std::string> inputs{"i_a", "i_b", "i_c", "i_d", "i_e", "i_t"};
  std::string elements = input("a", "number") + input("b", "number") + input("c", "boolean") + input("d", "date") +
                         input("e", "boolean") + input("t", "string");
  std::string all = "{";
  std::vector<std::string> needs;
  for (const auto &[name, text] : texts) {
    elements += decision(name, inputs, literal(text));
    names.push_back(name);
    needs.push_back("d_" + name);
    all += (all.size() == 1 ? "" : ", ") + name + ": " + name;
  }
  const std::vector<std::vector<std::string>> rules{
      {"< 2", "-", "\"petit\""}, {"-", "true", "\"oui\""}, {"[2..9]", "null", "\"nul\""}};
  for (const std::string policy : {"FIRST", "UNIQUE", "RULE ORDER", "ANY"}) {
    const std::string name = policy == "RULE ORDER" ? "liste" : policy;
    elements += decision(name, inputs, table("hitPolicy=\"" + policy + "\"", {{"a"}, {"c"}}, {{"sortie"}}, rules));
    names.push_back(name);
    needs.push_back("d_" + name);
    all += ", " + name + ": " + name;
  }
  elements += decision("ensemble", needs, literal(all + "}"));
  names.emplace_back("ensemble");
  return load(elements);
}

Value often_null(std::mt19937 &random, const dmn::ElementInfo &input) {
  return random() % 3 == 0 ? Value() : any_value(random, input);
}

} // namespace

TEST_CASE("a program says what its answer lacks, and what is wrong with it, as the tree does", "[dmn]") {
  std::vector<std::string> names;
  const auto model = lacking(names);
  const auto &impl = dynamic_cast<const dmn::ModelImpl &>(*model);
  for (const bool unknowns : {false, true}) {
    std::size_t compiled = 0;
    for (const std::string &name : names) {
      INFO(name << (unknowns ? ", as in packs" : ""));
      check(model, name, often_null, unknowns);
      compiled += dmn::compile_row(impl, impl.elements()[model->find_decision(name)->slot], {}, unknowns) != nullptr;
    }
    CHECK(compiled * 4 > names.size() * 3);
  }
}

TEST_CASE("a program answers rows that rest on errors or on what is not known", "[dmn]") {
  const auto model = load(input("a", "number") + input("d", "date") + input("e", "date") +
                          decision("tard", {"i_d", "i_e"}, literal("d + duration(\"P1M\") <= e or e < d")) +
                          decision("tout", {"d_tard", "i_a"}, literal("{tard: tard, plus: a + 1}")));
  const auto &impl = dynamic_cast<const dmn::ModelImpl &>(*model);
  const feel::Date day = *feel::Date::parse("2022-01-31");
  const auto asked = [&](bool unknowns) {
    dmn::EvaluateOptions options;
    options.facts_may_be_unknown = unknowns;
    const auto program = dmn::compile_row(impl, impl.elements()[model->find_decision("tout")->slot], {}, unknowns);
    const auto value = program->run(impl.admit({{"a", 1, {}}, {"d", day, {}}}, options).values, {});
    REQUIRE(value);
    return dmn::concluded(*value);
  };
  const dmn::Result wrong = asked(false), unknown = asked(true);
  CHECK(text(wrong.status) == "erreur");
  REQUIRE(wrong.errors.size() == 2); // each operator that meets the null, at its place
  CHECK(wrong.errors.front().where != wrong.errors.back().where);
  CHECK(text(unknown.status) == "indetermine");
  CHECK(unknown.missing == std::vector<std::string>{"e"});
  CHECK(write_json(unknown.value) == R"({"tard":null,"plus":2})");
}

TEST_CASE("a decision evaluated often answers as its tree does", "[dmn]") {
  const auto model = tariffs();
  for (const std::string name : {"tarif", "part", "delai", "tout", "ouvert", "instant"})
    for (const bool unknowns : {false, true}) {
      INFO(name << (unknowns ? ", as in packs" : ""));
      check(model, name, any_value, unknowns);
    }
}

TEST_CASE("a program answers what it should, and leaves the rest", "[dmn]") {
  const auto model = tariffs();
  const auto &impl = dynamic_cast<const dmn::ModelImpl &>(*model);
  const auto compiled = [&](const std::string &name) {
    return dmn::compile_row(impl, impl.elements()[model->find_decision(name)->slot], {}, false);
  };
  const auto slots = [&](std::vector<dmn::Given> given) { return impl.admit(given, {}).values; };
  const auto all = compiled("tout");
  REQUIRE(all != nullptr);
  const auto given = slots(
      {{"age", 40, {}}, {"zone", "rural", {}}, {"admis", true, {}}, {"depuis", *feel::Date::parse("2022-01-31"), {}}});
  const auto value = all->run(given, {});
  REQUIRE(value);
  CHECK(write_json(*value) == R"({"tarif":{"prix":10.10,"motif":"rural"},"part":18.08,"delai":true,"zone":"rural",)"
                              R"("ou":true,"plus":41.00,"somme":42.5,"liste":[2,3]})");
  CHECK_FALSE(all->run(slots({{"age", *feel::Number::parse("0.00001"), {}}}), {})); // too fine
  CHECK_FALSE(all->run(slots({{"age", 40, {}}}), {}));                              // no rule: an error
  CHECK(compiled("ouvert") == nullptr);                                             // an input of any type
  CHECK(compiled("instant") == nullptr);                                            // the clock
}

TEST_CASE("programs wait until they are worth it, and take steady values as they are", "[dmn]") {
  const auto model = load(input("age", "number") + input("seuil", "number") +
                          decision("admis", {"i_age", "i_seuil"}, literal("age >= seuil")));
  const auto &impl = dynamic_cast<const dmn::ModelImpl &>(*model);
  const auto &admis = impl.elements()[model->find_decision("admis")->slot];
  const std::uint32_t threshold = model->find_input("seuil")->slot;
  const dmn::RowPrograms programs(impl, admis, {threshold});
  const auto asked = [&](int age, int seuil) {
    return programs.run(impl.admit({{"age", age, {}}, {"seuil", seuil, {}}}, {}).values, false);
  };
  int before = 0;
  while (!asked(20, 18) && before < often)
    ++before;
  CHECK(before > 10);
  CHECK(before < often);
  CHECK(write_json(*asked(17, 18)) == "false");
  CHECK_FALSE(asked(17, 16)); // another threshold: another program, once that is worth it
  for (int i = 0; i < often; ++i)
    asked(17, 16);
  CHECK(write_json(*asked(17, 16)) == "true");
  CHECK(write_json(*asked(17, 18)) == "false");
}

TEST_CASE("of many different errors a program tells the hundred that the walk tells", "[dmn]") {
  std::string sum = "a / 0", either = "a / 0 > 1";
  for (int i = 1; i < 150; ++i) { // each stands somewhere else
    sum += " + a / 0";
    either += i % 2 == 0 ? " or a / 0 > 1" : " and b / 0 > 1";
  }
  const auto model = load(input("a", "number") + input("b", "number") + decision("d", {"i_a", "i_b"}, literal(sum)) +
                          decision("e", {"i_a", "i_b"}, literal(either)) +
                          decision("f", {"d_d", "d_e"}, literal("[d, e, d > 1 and e, if e then d else 2]")));
  for (const bool unknowns : {false, true})
    for (const char *name : {"d", "e", "f"})
      check(model, name, any_value, unknowns);
  dmn::EvaluateOptions options;
  CHECK(model->evaluate("d", std::vector<dmn::Given>{{"a", 1, {}}, {"b", 2, {}}}, options).errors.size() == 100);
}
