// A table looked at without a case: its holes and its conflicts. Argument: examples/donnees/remise-trouee.dmn
#include <spie/analysis/analysis.hpp>

#include <fstream>
#include <iostream>
#include <iterator>

int main(int count, char **arguments) try {
  std::ifstream file(count > 1 ? arguments[1] : "remise.dmn");
  const std::string xml{std::istreambuf_iterator<char>(file), {}};
  const auto model = spie::dmn::Model::load({{"remise.dmn", xml}});
  for (const auto &table : spie::analysis::analyse(*model).tables) {
    for (const auto &trou : table.trous)
      std::cout << table.decision << " : rien pour " << trou.region << '\n';
    for (const auto &commun : table.recouvrements)
      if (commun.conflit)
        std::cout << table.decision << " : conflit des règles " << commun.first << " et " << commun.second << '\n';
  }
  return 0;
} catch (const spie::Error &error) {
  std::cerr << error.what() << '\n';
  return 1;
}
