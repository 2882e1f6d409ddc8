// A relay is asked for; what it still waits for is told, with who can give it. Then it is undone.
//   relais PACK_FOLDER
// Argument: packs/socle-national
#include <spie/parcours/acte.hpp>
#include <spie/parcours/relais.hpp>
#include <spie/store/acces.hpp>
#include <spie/store/memory.hpp>

#include <iostream>

using namespace spie;

namespace {

dossier::Evenement event(const char *subject, const char *type, feel::Context content) {
  dossier::Evenement made;
  made.sujets = {dossier::Sujet::parse(subject).value()};
  made.type = type;
  made.effet.debut = feel::Date::parse("2022-03-01").value();
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
  std::vector events{event("personne:aline", "identite", {{"nom", "EXEMPLE"}, {"prenom", "Aline"}}),
                     event("personne:aline", "referent",
                           {{"role", "referent_unique"}, {"etape", "nomme"}, {"professionnel", "professionnel:rene"}}),
                     event("professionnel:paul", "professionnel", {{"nom", "MODELE"}})};
  journal->append(events, dossier::Instant::parse("2022-03-02T08:00:00Z").value());

  const droits::Demande rene{{"professionnel:rene", "", {"referent"}},
                             "accompagnement",
                             dossier::Instant::parse("2022-04-01T08:00:00Z").value(),
                             std::nullopt};
  const dossier::Sujet aline = dossier::Sujet::parse("personne:aline").value();
  parcours::Bureau bureau(*journal, guichet, *pack, regles);
  const auto fait = bureau.agir(rene, {"relais.demander",
                                       aline,
                                       feel::Date::parse("2022-04-01").value(),
                                       {{"vers", "professionnel:paul"}, {"motif", "demenagement"}}});
  for (const auto &relais : parcours::etat_relais(*journal, guichet, *pack, droits, regles, rene, aline))
    for (const auto &condition : relais.conditions)
      std::cout << condition.libelle << " : " << text(condition.etat) << '\n';
  bureau.annuler(rene, fait.acte);
  std::cout << parcours::etat_relais(*journal, guichet, *pack, droits, regles, rene, aline).size() << '\n';
  return 0;
} catch (const std::exception &fault) {
  std::cerr << fault.what() << '\n';
  return 1;
}
