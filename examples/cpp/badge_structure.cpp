// The label of a structure as a badge: may it be borne, signed, written down.
//   badge_structure PACK_FOLDER
// Argument: packs/seine-et-marne-2022-2023
#include <spie/credentials/issue.hpp>
#include <spie/passeport/structure.hpp>
#include <spie/store/acces.hpp>
#include <spie/store/memory.hpp>

#include <iostream>

using namespace spie;

namespace {

dossier::Evenement event(const char *subject, const char *type, feel::Context content) {
  dossier::Evenement made;
  made.sujets = {dossier::Sujet::parse(subject).value()};
  made.type = type;
  made.effet.debut = feel::Date::parse("2022-06-01").value();
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
  std::vector events{event("structure:s", "structure", {{"nom", "Maison inventée"}}),
                     event("professionnel:rene", "professionnel", {{"nom", "MODELE"}, {"structure", "structure:s"}}),
                     event("professionnel:rene", "formation_pro",
                           {{"id", "F1"}, {"module", "diagnostic_partage"}, {"etape", "suivie"}}),
                     event("structure:s", "label",
                           {{"etape", "accorde"},
                            {"suivi_plus_six_mois", "oui"},
                            {"criteres", feel::List{"accueil_tous_publics", "diagnostic_partage", "carnet_tenu"}}})};
  journal->append(events, dossier::Instant::parse("2022-06-01T08:00:00Z").value());

  const droits::Demande gina{{"professionnel:gina", "", {"gestionnaire"}},
                             "gestion",
                             dossier::Instant::parse("2022-06-01T09:00:00Z").value(),
                             std::nullopt};
  const dossier::Sujet s = dossier::Sujet::parse("structure:s").value();
  const feel::Date day = feel::Date::parse("2022-06-01").value();
  const auto of = [&] { return passeport::badges_structure(*journal, guichet, *pack, gina, s, day); };
  std::cout << of().badges.front().decision << '\n';
  const std::string text = passeport::attestation_structure(*journal, guichet, *pack, gina, s, day, {"label_spie"});
  credentials::OptionsEmission how;
  how.instant = "2022-06-01T09:00:00Z";
  const auto made = credentials::emettre(text, credentials::Cle::generer("ed25519"), how);
  passeport::noter_badge_structure(guichet, *pack, gina, s, day, "label_spie", made.badge);
  std::cout << of().emis.front().etat << '\n';
  return 0;
} catch (const std::exception &fault) {
  std::cerr << fault.what() << '\n';
  return 1;
}
