// Many rows through one decision: the facts go into the slots of a row, which a thread keeps, and the rules read them
// there. Prints how many are admitted, and of how many a fact is missing.
//   lignes PACK_FOLDER DATE
// Arguments: packs/seine-et-marne-2022-2023 2022-06-01
#include <spie/diagnostic.hpp>
#include <spie/json.hpp>
#include <spie/pack/row.hpp>

#include <cstdio>
#include <exception>

int main(int count, char **arguments) {
  if (count != 3)
    return 2;
  try {
    const auto pack = spie::Pack::load(arguments[1]);
    const auto day = spie::feel::Date::parse(arguments[2]).value();
    const auto row = spie::PackRow::of(pack->decision("admission"));
    spie::dmn::Row &facts = row->facts();
    const std::size_t rsa = facts.find("beneficiaire.rsa").value();
    const std::size_t resides = facts.find("beneficiaire.reside_departement").value();
    // The same for all of these persons: set once.
    facts.set(facts.find("freins").value(),
              spie::read_json(R"([{"code": "mobilite", "reponse": "oui"}, {"code": "formation", "reponse": "oui"}])"));
    int admitted = 0, unknown = 0, rows = 3'000;
    for (int i = 0; i < rows; ++i) { // in a program: the rows of its table
      facts.set_text(rsa, "oui");
      if (i % 3 == 2)
        facts.unset(resides);
      else
        facts.set_text(resides, i % 3 == 0 ? "oui" : "non");
      const spie::dmn::Result &result = row->evaluate(day);
      unknown += result.status != spie::dmn::Status::determine ? 1 : 0;
      admitted += result.value.is_true() ? 1 : 0;
    }
    std::printf("%d rows: %d admitted, %d lack a fact\n", rows, admitted, unknown);
  } catch (const std::exception &fault) {
    std::fprintf(stderr, "%s\n", fault.what());
    return 1;
  }
  return 0;
}
