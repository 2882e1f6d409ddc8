// The three files of France Travail, whatever their bytes.
#include "tests/fuzz/fuzz_import.hpp"

#include "spie/exchange/france_travail.hpp"

using namespace spie;

namespace {

exchange::Rapport diagnostic(dossier::Journal &journal, std::string_view bytes) {
  const dossier::Sujet person{dossier::Genre::personne, "aline"};
  const auto read = [&] {
    return exchange::import_france_travail_diagnostic(journal, *exchange::memory_bytes(bytes), fuzz::import_options(),
                                                      person, fuzz::lists());
  };
  if (!journal.about(person).empty())
    return read();
  dossier::Evenement identity;
  identity.sujets = {person};
  identity.type = "identite";
  identity.effet.debut = *feel::Date::parse("2022-01-01");
  identity.auteur = "fuzz";
  identity.source.nom = "saisie";
  identity.contenu = feel::Context{{"nom", "Exemple"}, {"prenom", "Aline"}};
  std::vector<dossier::Evenement> events{identity};
  journal.append(events, fuzz::import_options().enregistre);
  return read();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  fuzz::twice([&](dossier::Journal &journal) {
    return exchange::import_france_travail_extrait(journal, *exchange::memory_bytes(bytes), fuzz::import_options(),
                                                   fuzz::lists());
  });
  fuzz::twice([&](dossier::Journal &journal) {
    return exchange::import_france_travail_actions(journal, *exchange::memory_bytes(bytes), fuzz::import_options(),
                                                   fuzz::lists());
  });
  fuzz::twice([&](dossier::Journal &journal) { return diagnostic(journal, bytes); });
  return 0;
}
