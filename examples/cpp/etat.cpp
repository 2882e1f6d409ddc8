// The statement of expenses of a convention at a date: what is retained, what the State owes, what must be mended.
//   etat PACK_FOLDER LEDGER.csv PAYMENTS.csv DATE
// Arguments: packs/seine-et-marne-2022-2023 examples/donnees/registre-invente.csv
// examples/donnees/versements-inventes.csv 2023-12-31
#include <spie/convention/etat.hpp>
#include <spie/pack/pack.hpp>

#include <fstream>
#include <iostream>
#include <iterator>

using namespace spie;

static std::string read_file(const char *path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream)
    throw std::runtime_error(std::string("cannot read ") + path);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

int main(int count, char **arguments) try {
  if (count != 5) {
    std::cerr << "usage: " << arguments[0] << " PACK_FOLDER LEDGER.csv PAYMENTS.csv DATE\n";
    return 2;
  }
  const auto pack = Pack::load(arguments[1]);
  const auto ledger = convention::read_registre(read_file(arguments[2]), arguments[2], *pack);
  const auto payments = convention::read_versements(read_file(arguments[3]), arguments[3]);
  const auto date = feel::Date::parse(arguments[4]).value();

  for (const auto &refusal : ledger.lecture.refuses)
    std::cout << "refusée : " << to_string(refusal.diagnostic) << '\n';
  const auto statement = convention::etat_des_depenses(*pack, ledger, payments, feel::Context(), date);
  for (const auto &line : statement.lignes)
    std::cout << line.depense.id << ' ' << line.verdict << ' ' << line.retenu.to_string() << " € : " << line.motif
              << " (" << line.article << ")\n";
  std::cout << "coût total " << statement.cout_total.to_string() << " €, éligible "
            << statement.depenses_eligibles.to_string() << " €, part de l'État " << statement.part_etat.to_string()
            << " €, versé " << statement.verse.to_string() << " €, trop-perçu " << statement.trop_percu.to_string()
            << " €\n";
  return 0;
} catch (const std::exception &fault) {
  std::cerr << fault.what() << '\n';
  return 1;
}
