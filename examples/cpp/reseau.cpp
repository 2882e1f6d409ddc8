// A structure and its professional on a day; by when and where he is to see a person next.
//   reseau PACK_FOLDER
// Argument: packs/seine-et-marne-2022-2023
#include <spie/parcours/rendez_vous.hpp>
#include <spie/parcours/reseau.hpp>
#include <spie/store/acces.hpp>
#include <spie/store/memory.hpp>

#include <iostream>

using namespace spie;

namespace {

dossier::Evenement event(const char *subject, const char *type, feel::Context content) {
  dossier::Evenement made;
  made.sujets = {dossier::Sujet::parse(subject).value()};
  made.type = type;
  made.effet.debut = feel::Date::parse("2022-05-20").value();
  made.source.nom = "saisie";
  made.contenu = std::move(content);
  return made;
}

} // namespace

int main(int count, char **arguments) try {
  if (count != 2) {
    std::cerr << "usage: " << arguments[0] << " PACK_FOLDER\n";
    return 2;
  }
  const auto pack = Pack::load(arguments[1]);
  const auto journal = store::open_memory();
  const auto acces = store::open_acces_memory();
  const auto droits = droits::read_droits(*pack);
  const auto regles = dossier::read_regles(*pack);
  droits::Guichet guichet(*journal, *acces, droits, regles);
  std::vector events{event("structure:s", "structure", {{"nom", "Maison inventée"}, {"code_commune", "77288"}}),
                     event("professionnel:rene", "professionnel", {{"nom", "MODELE"}, {"structure", "structure:s"}}),
                     event("personne:aline", "adresse", {{"code_commune", "77152"}}),
                     event("personne:aline", "entree", {{"motif", "orientation"}}),
                     event("personne:aline", "referent",
                           {{"role", "referent_unique"},
                            {"etape", "nomme"},
                            {"professionnel", "professionnel:rene"},
                            {"structure", "structure:s"}})};
  journal->append(events, dossier::Instant::parse("2022-05-21T00:00:00Z").value());

  const droits::Demande rene{{"professionnel:rene", "", {"referent"}},
                             "accompagnement",
                             dossier::Instant::parse("2022-06-01T08:00:00Z").value(),
                             std::nullopt};
  const feel::Date au = feel::Date::parse("2022-06-01").value();
  const auto fiche =
      parcours::fiche_reseau(*journal, guichet, *pack, rene, dossier::Sujet::parse("structure:s").value(), au);
  std::cout << fiche.nom << " : " << fiche.professionnels.at(0) << '\n';
  const auto propose =
      parcours::rendez_vous_proposes(guichet, *pack, rene, dossier::Sujet::parse("personne:aline").value(), au);
  std::cout << propose.au_plus_tard.value().to_string() << ' ' << propose.lieux.at(0).proximite << '\n';
  return 0;
} catch (const std::exception &fault) {
  std::cerr << fault.what() << '\n';
  return 1;
}
