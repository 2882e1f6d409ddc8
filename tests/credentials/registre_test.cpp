// Registers of statuses: their files, what two writers and a crash leave, and the lists that come of them, as a
// verifier reads them.
#include "tests/credentials/files.hpp"
#include "tests/temporary.hpp"

#include "spie/credentials/badge.hpp"
#include "spie/credentials/issue.hpp"
#include "spie/credentials/registre.hpp"

#include <set>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace spie;
using namespace spie::credentials;
using spie::testing::bytes_of;
using spie::testing::refusal;

namespace {

const std::string list_address = "https://exemple.fr/etats/1";

std::string credential(std::string_view id = "urn:uuid:7d3c5f5e-1f63-4b6e-9d39-0d6b0f1c2a11") {
  std::string text = bytes_of(std::filesystem::path(SPIE_SOURCE_DIR) / "examples/donnees/attestation.json");
  const std::string own = "urn:uuid:7d3c5f5e-1f63-4b6e-9d39-0d6b0f1c2a11";
  return text.replace(text.find(own), own.size(), id);
}

OptionsRegistre options(std::string purpose = "revocation", int bits = 1, std::vector<std::string> messages = {}) {
  OptionsRegistre made;
  made.liste = list_address;
  made.but = std::move(purpose);
  made.bits = bits;
  made.messages = std::move(messages);
  return made;
}

OptionsEmission dated(std::vector<std::string> registers = {}) {
  OptionsEmission how;
  how.instant = "2026-11-28T08:00:00Z";
  how.registres = std::move(registers);
  return how;
}

// What the verifier says of the status, with the list that is handed over.
Controle status_of(std::string_view badge, std::string_view list) {
  OptionsVerification how;
  how.au = "2026-11-29T08:00:00Z";
  if (!list.empty())
    how.documents = {{list_address, std::string(list)}};
  for (const Controle &one : Verificateur(how).verifier(badge).controles)
    if (one.nom == Nom::statut)
      return one;
  throw std::logic_error("no status");
}

std::string signed_list(const Registre &registre, const Cle &key) {
  return emettre(registre.attestation("ISSUER", "2026-11-28T08:00:00Z", "2026-12-28T08:00:00Z"), key, dated()).badge;
}

} // namespace

TEST_CASE("a badge gets its entry when it is signed, and a revocation reaches who verifies",
          "[credentials][registre]") {
  const spie::testing::TemporaryFolder folder;
  const std::string file = (folder.path() / "registre.json").string();
  creer_registre(file, Registre(options()));
  struct stat held {};
  REQUIRE(stat(file.c_str(), &held) == 0);
  CHECK((held.st_mode & 0777) == 0600);
  CHECK(refusal([&] { creer_registre(file, Registre(options())); }).starts_with("A001"));

  const Cle key = Cle::generer("ed25519");
  const std::string badge = emettre(credential(), key, dated({file, file})).badge;
  const EtatRegistre state = lire_registre(file).etat();
  REQUIRE(state.entrees.size() == 1);
  CHECK(state.entrees[0].badge == "urn:uuid:7d3c5f5e-1f63-4b6e-9d39-0d6b0f1c2a11");
  CHECK(badge.find("\"statusListIndex\":\"" + std::to_string(state.entrees[0].index) + "\"") != std::string::npos);
  CHECK(status_of(badge, {}).etat == Etat::non_verifie);
  CHECK(status_of(badge, signed_list(lire_registre(file), key)).etat == Etat::ok);

  changer_registre(file, [&](Registre &one) { one.poser(state.entrees[0].badge, 1); });
  REQUIRE(stat(file.c_str(), &held) == 0);
  CHECK((held.st_mode & 0777) == 0600);
  const Controle revoked = status_of(badge, signed_list(lire_registre(file), key));
  CHECK(revoked.etat == Etat::echec);
  CHECK(revoked.code == Code::badge_status);
  // Signed again, it keeps its entry.
  emettre(credential(), key, dated({file}));
  CHECK(lire_registre(file).etat().entrees.size() == 1);
}

TEST_CASE("a badge that is not signed takes no entry", "[credentials][registre]") {
  const spie::testing::TemporaryFolder folder;
  const std::string file = (folder.path() / "registre.json").string();
  creer_registre(file, Registre(options()));
  const std::string before = bytes_of(file);
  const Signataire locked{*Cle::generer("ed25519").publiques().multibase,
                          [](std::string_view) -> std::string { throw std::runtime_error("locked"); }};
  CHECK_THROWS_AS(emettre(credential(), locked, dated({file})), std::runtime_error);
  CHECK(refusal([&] { emettre("{}", Cle::generer("ed25519"), dated({file})); }) == "B001 /id");
  CHECK(bytes_of(file) == before);
  CHECK(refusal([&] { emettre(credential(), locked, dated({file + ".absent"})); }).starts_with("A001"));
}

TEST_CASE("every purpose and every number of bits goes round", "[credentials][registre]") {
  const Cle key = Cle::generer("ed25519");
  const auto checked = [&](const OptionsRegistre &how, std::int64_t value) {
    Registre registre(how);
    const std::string badge = emettre(registre.attester(credential()), key, dated()).badge;
    registre.poser("urn:uuid:7d3c5f5e-1f63-4b6e-9d39-0d6b0f1c2a11", value);
    registre = Registre::lire(registre.ecrire());
    return status_of(badge, signed_list(registre, key));
  };
  CHECK(checked(options("suspension"), 1).code == Code::badge_status);
  CHECK(checked(options("refresh"), 1).etat == Etat::avertissement);
  const std::vector<std::string> four{"en attente", "acceptée", "rendue", "refusée"};
  for (std::int64_t value = 1; value < 4; ++value) {
    const Controle found = checked(options("message", 2, four), value);
    CAPTURE(found.motif.fr);
    CHECK(found.motif.fr.find(four[static_cast<std::size_t>(value)]) != std::string::npos);
  }
  std::vector<std::string> many;
  for (int value = 0; value < 256; ++value)
    many.push_back("m" + std::to_string(value));
  CHECK(checked(options("message", 8, many), 201).motif.fr.find("m201") != std::string::npos);
}

TEST_CASE("a list of 1EdTech names who is revoked, and why", "[credentials][registre]") {
  OptionsRegistre how = options();
  how.forme = "1edtech";
  Registre registre(how);
  CHECK_FALSE(registre.signee());
  std::string text = credential();
  const std::string context = "context-3.0.3.json\"";
  text.insert(text.find(context) + context.size(), ", \"https://purl.imsglobal.org/spec/ob/v3p0/extensions.json\"");
  const Cle key = Cle::generer("ed25519");
  const std::string badge = emettre(registre.attester(text), key, dated()).badge;
  CHECK(status_of(badge, registre.attestation(key.publiques().did, {})).etat == Etat::ok);
  registre.inscrire("urn:uuid:autre");
  registre.poser("urn:uuid:7d3c5f5e-1f63-4b6e-9d39-0d6b0f1c2a11", 1, "émis par erreur");
  const Controle found = status_of(badge, Registre::lire(registre.ecrire()).attestation(key.publiques().did, {}));
  CHECK(found.code == Code::badge_status);
  CHECK(found.motif.fr.find("émis par erreur") != std::string::npos);
  CHECK(registre.attestation("x", {}).find("urn:uuid:autre") == std::string::npos);
}

TEST_CASE("what a register refuses leaves it as it was", "[credentials][registre]") {
  Registre registre(options());
  registre.inscrire("urn:a");
  registre.poser("urn:a", 1);
  CHECK(refusal([&] { registre.poser("urn:b", 1); }) == "B010");
  CHECK(refusal([&] { registre.poser("urn:a", 2); }) == "B009");
  CHECK(refusal([&] { registre.poser("urn:a", -1); }) == "B009");
  CHECK(refusal([&] { registre.poser("urn:a", 0); }) == "B009"); // Bitstring Status List §2.1: not reversible
  CHECK(refusal([&] { registre.poser("urn:a", 1, "motif"); }) == "B009");
  CHECK(registre.etat().entrees[0].etat == 1);
  Registre suspended(options("suspension"));
  suspended.inscrire("urn:a");
  suspended.poser("urn:a", 1);
  suspended.poser("urn:a", 0);
  CHECK(refusal([] { Registre(options("rappel")); }) == "A001 but");
  CHECK(refusal([] { Registre(options("message")); }) == "A001 messages");
  CHECK(refusal([] { Registre(options("message", 2, {"a", "b", "c"})); }) == "A001 messages");
  CHECK(refusal([] { Registre(options("message", 9)); }) == "B009");
  CHECK(refusal([] { Registre::lire("{}"); }).starts_with("B009"));
  OptionsRegistre small = options();
  small.taille = 1'024;
  CHECK(refusal([&] { Registre{small}; }) == "B009");
  small = options();
  small.liste = "liste";
  CHECK(refusal([&] { Registre{small}; }) == "A001 liste");
  CHECK(refusal([&] { registre.attestation("ISSUER", "hier"); }) == "A001 du");
}

TEST_CASE("writers wait for one another, and no entry is lost", "[credentials][registre]") {
  const spie::testing::TemporaryFolder folder;
  const std::string file = (folder.path() / "registre.json").string();
  creer_registre(file, Registre(options()));
  const auto write = [&](int writer) {
    for (int i = 0; i < 20; ++i)
      changer_registre(file,
                       [&](Registre &one) { one.inscrire("urn:" + std::to_string(writer) + "-" + std::to_string(i)); });
  };
  {
    std::vector<std::jthread> threads;
    for (int writer = 0; writer < 4; ++writer)
      threads.emplace_back(write, writer);
  }
  const auto entries = lire_registre(file).etat().entrees;
  std::set<std::int64_t> indexes;
  for (const EntreeStatut &one : entries)
    indexes.insert(one.index);
  CHECK(entries.size() == 80);
  CHECK(indexes.size() == 80);
}

TEST_CASE("a writer that dies leaves the file as it was, and holds nobody up", "[credentials][registre]") {
  const spie::testing::TemporaryFolder folder;
  const std::string file = (folder.path() / "registre.json").string();
  creer_registre(file, Registre(options()));
  changer_registre(file, [](Registre &one) { one.inscrire("urn:a"); });
  const std::string before = bytes_of(file);
  const pid_t child = fork();
  if (child == 0)
    changer_registre(file, [](Registre &one) {
      one.inscrire("urn:b");
      _exit(9);
    });
  int ended = 0;
  REQUIRE(waitpid(child, &ended, 0) == child);
  CHECK(WEXITSTATUS(ended) == 9);
  CHECK(bytes_of(file) == before);
  std::ofstream(file + ".nouveau") << "{ coupé"; // what a crash while writing leaves
  changer_registre(file, [](Registre &one) { one.inscrire("urn:c"); });
  CHECK(lire_registre(file).etat().entrees.size() == 2);
  CHECK_FALSE(std::filesystem::exists(file + ".nouveau"));
  // A link to the file stays a link.
  const std::string link = (folder.path() / "lien.json").string();
  std::filesystem::create_symlink(file, link);
  changer_registre(link, [](Registre &one) { one.inscrire("urn:d"); });
  CHECK(std::filesystem::is_symlink(link));
  CHECK(lire_registre(file).etat().entrees.size() == 3);
}
