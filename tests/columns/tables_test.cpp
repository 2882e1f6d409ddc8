// Random tables of every hit policy, over rows with nulls: rows and columns agree.
#include "tests/columns/random_tables.hpp"

#include "tests/catch.hpp"

#include <map>

using namespace rows_and_columns;

TEST_CASE("rows and columns agree on random tables", "[columns]") {
  static const std::vector<Policy> policies{{"UNIQUE", ""},       {"FIRST", ""},        {"ANY", ""},
                                            {"PRIORITY", ""},     {"COLLECT", "MIN"},   {"COLLECT", "MAX"},
                                            {"COLLECT", "SUM"},   {"COLLECT", "COUNT"}, {"RULE ORDER", ""},
                                            {"OUTPUT ORDER", ""}, {"COLLECT", ""}};
  Tally tally;
  for (std::uint32_t seed = 1; seed <= 1200; ++seed) {
    Random random(seed);
    const Policy &policy = policies[seed % (seed % 5 == 0 ? policies.size() : 6)];
    const RandomTable table = random_table(random, policy, seed % 3 == 0);
    std::shared_ptr<const dmn::Model> model;
    try {
      model = dmn::Model::load({{"table.dmn", table.xml}});
    } catch (const Error &) {
      continue; // an interval of which the ends are not in order, and the like
    }
    for (const bool unknowns : {false, true}) {
      static const std::vector<std::string> sets{"baseline", "avx2", "avx512"};
      std::vector<std::unique_ptr<Made>> given;
      const double nulls = random.chance(0.3) ? 0 : random.chance(0.3) ? 0.4 : 0.15;
      for (const Domain &input : table.inputs)
        given.push_back(
            column_of(random, *model->find_input(input.name), input.type, 150 + random.below(1'000), nulls));
      std::size_t shortest = SIZE_MAX;
      for (const auto &made : given)
        shortest = std::min(shortest, made->values.size());
      for (const auto &made : given)
        made->values.resize(shortest);
      INFO("seed " << seed << (unknowns ? ", as in packs" : "") << "\n" << table.xml);
      tally.add(compare(model, "resultat", std::move(given), unknowns, random.one_of(sets)));
    }
  }
  tally.check();
}
