// A prepared decision answers as the pack does when it is asked by name, whatever it is given.
#include "tests/catch.hpp"

#include "tests/pack/files.hpp"

#include "spie/pack/values.hpp"

#include <functional>
#include <random>
#include <thread>

using namespace spie;
using namespace spie::testing;
using feel::Context;
using feel::List;
using feel::Value;

namespace {

// The whole result as JSON, or every finding that refuses the call.
std::string outcome(const std::function<PackResult()> &call) {
  try {
    return write_json(to_value(call()));
  } catch (const Error &error) {
    std::string text;
    for (const Diagnostic &one : error.diagnostics())
      text += to_string(one) + '\n';
    return text;
  }
}

// What stands in for one value: nothing, an answer that is none, another type, a key that nobody reads.
std::vector<Value> others(const Value &value) {
  std::vector<Value> result{Value(),
                            "non_aborde",
                            "refuse",
                            42,
                            "mot",
                            Value(List{value}),
                            Value(List{}),
                            Value(Context{{"inconnu", 1}}),
                            date("2022-02-28")};
  if (value.is(feel::Kind::context)) {
    for (const auto &[name, member] : value.context()) {
      Context without, other = value.context();
      for (const auto &[key, kept] : value.context())
        if (key != name)
          without.set(key, kept);
      other.set(name, 42);
      result.emplace_back(without);
      result.emplace_back(other);
    }
    Context more = value.context();
    more.set("inconnu", 1);
    result.emplace_back(more);
  }
  if (value.is(feel::Kind::list) && !value.list().empty())
    for (const Value &item : others(value.list().front())) {
      List list = value.list();
      list.front() = item;
      result.emplace_back(std::move(list));
    }
  return result;
}

struct Asked {
  std::shared_ptr<const Pack> pack;
  std::shared_ptr<const PackDecision> decision;
  std::string name;

  void same(const Value &facts, feel::Date as_of, const PackEvaluateOptions &options) const {
    PackEvaluateOptions walk = options;
    walk.limits.steps -= 1; // of its own, so that no program answers for the tree
    const std::string expected = outcome([&] { return pack->evaluate(name, facts, as_of, walk); });
    CHECK(outcome([&] { return pack->evaluate(name, facts, as_of, options); }) == expected);
    CHECK(outcome([&] { return decision->evaluate(facts, as_of, options); }) == expected);
    if (!facts.is(feel::Kind::context))
      return;
    dmn::ValueFacts source;
    auto slots = decision->read(source, &facts);
    if (slots)
      CHECK(outcome([&] { return decision->evaluate(*std::move(slots), as_of, options); }) == expected);
  }
};

} // namespace

TEST_CASE("a prepared decision gives what the pack gives, over every case and its trace", "[pack][prepared]") {
  for (const auto &pack : {socle(), seine_et_marne()})
    for (const PackCase &one : pack->cases()) {
      INFO(one.nom);
      const Asked asked{pack, pack->decision(one.decision), one.decision};
      PackEvaluateOptions options;
      if (one.parametres.is(feel::Kind::context))
        for (const auto &[name, value] : one.parametres.context())
          options.parametres.emplace_back(name, value);
      for (const bool trace : {true, false}) {
        options.trace = trace;
        asked.same(one.faits, one.as_of, options);
      }
      const Value facts = one.faits.is_null() ? Value(Context()) : one.faits;
      dmn::ValueFacts source;
      CHECK(asked.decision->read(source, &facts)); // all that a case gives is plainly right
    }
}

TEST_CASE("a prepared decision refuses what the pack refuses, in the same words", "[pack][prepared]") {
  PackEvaluateOptions options;
  options.trace = false;
  for (const auto &pack : {socle(), seine_et_marne()})
    for (const PackCase &one : pack->cases()) {
      if (!one.faits.is(feel::Kind::context))
        continue;
      INFO(one.nom);
      const Asked asked{pack, pack->decision(one.decision), one.decision};
      asked.same(Value(42), one.as_of, options);
      asked.same(Value(), one.as_of, options);
      for (const auto &[name, value] : one.faits.context())
        for (const Value &other : others(value)) {
          Context facts = one.faits.context();
          facts.set(name, other);
          asked.same(facts, one.as_of, options);
        }
      Context unknown = one.faits.context();
      unknown.set("nombre_minimal_freins_sociaux", 2); // a parameter
      unknown.set("benefisiaire", "oui");
      asked.same(unknown, one.as_of, options);
      asked.same(one.faits, date("1850-01-01"), options); // before the first value of a parameter
    }
}

namespace {

// The facts with some of them, at any depth, not known: not given, null, not spoken of, or refused.
Value with_gaps(std::mt19937 &random, const Value &value, bool whole) {
  static const std::vector<Value> gaps{Value(), "non_aborde", "ne_sait_pas", "refuse"};
  if (!whole && random() % 4 == 0)
    return gaps[random() % gaps.size()];
  if (value.is(feel::Kind::context)) {
    Context result;
    for (const auto &[name, member] : value.context())
      if (random() % 10 != 0)
        result.set(name, with_gaps(random, member, false));
    return result;
  }
  if (value.is(feel::Kind::list)) {
    List result;
    for (const Value &item : value.list())
      result.push_back(with_gaps(random, item, item.is(feel::Kind::context)));
    return Value(std::move(result));
  }
  return value;
}

} // namespace

TEST_CASE("a prepared decision says what it lacks as the walk through its tree does", "[pack][prepared]") {
  std::mt19937 random(20221130);
  PackEvaluateOptions options;
  options.trace = false;
  std::size_t lacking = 0;
  for (const auto &pack : {socle(), seine_et_marne()})
    for (const PackCase &one : pack->cases()) {
      if (!one.faits.is(feel::Kind::context))
        continue;
      const Asked asked{pack, pack->decision(one.decision), one.decision};
      constexpr int draws = 20; // of each case, of which each decision has several
      for (int i = 0; i < draws; ++i) {
        const Value facts = with_gaps(random, one.faits, true);
        INFO(one.nom << ": " << facts.to_feel());
        asked.same(facts, one.as_of, options);
        if (i == 0)
          try {
            lacking += pack->evaluate(one.decision, facts, one.as_of, options).missing.empty() ? 0U : 1U;
          } catch (const Error &) { // a gap where none may be
          }
      }
    }
  CHECK(lacking > 10);
}

TEST_CASE("a prepared decision keeps its pack, and is asked by threads at once", "[pack][prepared]") {
  std::shared_ptr<const PackDecision> decision;
  std::vector<Value> facts;
  std::vector<std::string> expected;
  PackEvaluateOptions options;
  options.trace = false;
  const feel::Date on = date("2022-06-01");
  {
    const auto pack = Pack::load(packs_folder() + "/seine-et-marne-2022-2023");
    decision = pack->decision("entree");
    for (const PackCase &one : pack->cases())
      if (one.decision == "entree") {
        facts.push_back(one.faits);
        expected.push_back(outcome([&] { return pack->evaluate("entree", one.faits, on, options); }));
      }
  }
  REQUIRE(facts.size() > 10);
  std::vector<int> right(4, 0);
  std::vector<std::thread> threads;
  for (std::size_t thread = 0; thread < right.size(); ++thread)
    threads.emplace_back([&, thread] {
      for (int turn = 0; turn < 10; ++turn)
        for (std::size_t i = 0; i < facts.size(); ++i) {
          dmn::ValueFacts source;
          auto slots = decision->read(source, &facts[i]);
          right[thread] +=
              slots && outcome([&] { return decision->evaluate(*std::move(slots), on, options); }) == expected[i] ? 1
                                                                                                                  : 0;
        }
    });
  for (std::thread &thread : threads)
    thread.join();
  for (const int count : right)
    CHECK(count == static_cast<int>(10 * facts.size()));
}

TEST_CASE("there is no prepared decision of a name that the pack has not", "[pack][prepared]") {
  std::string code, where;
  try {
    seine_et_marne()->decision("entre");
  } catch (const Error &error) {
    code = text(error.first().code);
    where = error.first().where;
  }
  CHECK(code == "D011");
  CHECK(where == "entre");
}
