// A tutor endorses what a badge shows: asked for, signed, verified, joined to the badge before it is signed.
//   recommandation PACK_FOLDER CREDENTIAL.json
// Arguments: packs/socle-national examples/donnees/attestation.json
#include <spie/credentials/issue.hpp>
#include <spie/passeport/recommandation.hpp>
#include <spie/store/acces.hpp>
#include <spie/store/memory.hpp>

#include <fstream>
#include <iostream>
#include <iterator>

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

std::string signed_by(const credentials::Cle &key, const std::string &credential) {
  credentials::OptionsEmission how;
  how.instant = "2026-11-28T08:00:00Z";
  return credentials::emettre(credential, key, how).badge;
}

} // namespace

int main(int count, char **arguments) try {
  if (count != 3) {
    std::cerr << "usage: " << arguments[0] << " PACK_FOLDER CREDENTIAL.json\n";
    return 2;
  }
  std::ifstream file(arguments[2], std::ios::binary);
  const std::string credential{std::istreambuf_iterator<char>(file), {}};
  const auto pack = Pack::load(arguments[1]);
  const auto journal = store::open_memory();
  const auto acces = store::open_acces_memory();
  const auto droits = droits::read_droits(*pack);
  const auto regles = dossier::read_regles(*pack);
  droits::Guichet guichet(*journal, *acces, droits, regles);
  parcours::Bureau bureau(*journal, guichet, *pack, regles);
  std::vector events{event("personne:aline", "referent",
                           {{"role", "referent_unique"}, {"etape", "nomme"}, {"professionnel", "professionnel:rene"}})};
  journal->append(events, dossier::Instant::parse("2022-03-02T08:00:00Z").value());

  const auto at = dossier::Instant::parse("2022-04-01T08:00:00Z").value();
  const droits::Demande elle{{"personne:aline", "", {"personne"}}, "accompagnement", at, std::nullopt};
  const droits::Demande rene{{"professionnel:rene", "", {"referent"}}, "accompagnement", at, std::nullopt};
  const dossier::Sujet aline = dossier::Sujet::parse("personne:aline").value();
  const feel::Date day = feel::Date::parse("2022-04-01").value();
  const auto number = [&](const char *act, feel::Context content) {
    return bureau.agir(elle, {act, aline, day, std::move(content)}).evenements.front().contenu.find("id")->text();
  };
  const std::string item = number("passeport.ajouter", {{"genre", "competence"}, {"libelle", "Tenir une caisse"}});
  const std::string asked =
      number("recommandation.demander", {{"element", item},
                                         {"nom", "Mme Exemple"},
                                         {"qualite", "tuteur"},
                                         {"badge", "urn:uuid:7d3c5f5e-1f63-4b6e-9d39-0d6b0f1c2a11"}});

  const std::string unsigned_ = passeport::attestation_recommandation(guichet, droits, *pack, rene, aline, day, asked,
                                                                      {"Elle a tenu la caisse seule."});
  const std::string endorsement = signed_by(credentials::Cle::generer("ed25519"), unsigned_);
  credentials::OptionsVerification options;
  options.au = "2026-11-29T08:00:00Z";
  options.exiger = {credentials::Nom::avenants};
  const credentials::Verificateur verifier(options);
  passeport::recevoir_recommandation(bureau, guichet, droits, rene, aline, day, asked, endorsement, verifier);
  for (const auto &one : passeport::passeport(guichet, droits, rene, aline, day).recommandations)
    std::cout << one.etape << '\n';

  const std::string joined = credentials::joindre(credential, endorsement);
  const auto report = verifier.verifier(signed_by(credentials::Cle::generer("ed25519"), joined));
  std::cout << text(report.verdict) << '\n';
  return 0;
} catch (const std::exception &fault) {
  std::cerr << fault.what() << '\n';
  return 1;
}
