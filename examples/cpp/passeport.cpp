// She takes her passport with her, as a CLR signed by who keeps it, whose key may stand elsewhere.
//   passeport PACK_FOLDER
// Argument: packs/socle-national
#include <spie/credentials/badge.hpp>
#include <spie/passeport/remise.hpp>
#include <spie/store/acces.hpp>
#include <spie/store/memory.hpp>

#include <iostream>

using namespace spie;

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
  const dossier::Sujet aline = dossier::Sujet::parse("personne:aline").value();
  const feel::Date day = feel::Date::parse("2022-04-01").value();
  const droits::Demande herself{{"personne:aline", "", {"personne"}},
                                "accompagnement",
                                dossier::Instant::parse("2022-04-01T08:00:00Z").value(),
                                std::nullopt};
  dossier::Evenement identity;
  identity.sujets = {aline};
  identity.type = "identite";
  identity.effet.debut = day;
  identity.source.nom = "saisie";
  identity.contenu = {{"nom", "EXEMPLE"}, {"prenom", "Aline"}};
  std::vector events{identity};
  journal->append(events, dossier::Instant::parse("2022-04-01T07:00:00Z").value());
  parcours::Bureau(*journal, guichet, *pack, regles)
      .agir(herself, {"passeport.ajouter",
                      aline,
                      day,
                      {{"genre", "competence"},
                       {"code_rome", "300465"},
                       {"nature_rome", "competence"},
                       {"version_rome", "v460"}}});

  const auto key = credentials::Cle::generer("ed25519");
  passeport::Delivrance by;
  by.instant = "2022-04-01T08:00:00Z";
  by.nom = "Mission locale inventée";
  by.signer = [&](std::string_view credential) { return credentials::emettre(credential, key, {{}, by.instant, {}}); };
  const auto taken = passeport::remettre(guichet, droits, *pack, herself, aline, day, {"", "clr"}, by);
  credentials::OptionsVerification options;
  options.au = by.instant;
  options.exiger = {credentials::Nom::avenants};
  std::cout << taken.badges.size()
            << " documents signés : " << text(credentials::Verificateur(options).verifier(taken.texte).verdict) << '\n';
  return 0;
} catch (const std::exception &fault) {
  std::cerr << fault.what() << '\n';
  return 1;
}
