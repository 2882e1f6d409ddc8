// One badge for many people: what each line becomes, and that a line at fault stops all.
#include "tests/credentials/files.hpp"
#include "tests/temporary.hpp"

#include "spie/credentials/badge.hpp"
#include "spie/credentials/lot.hpp"
#include "spie/credentials/registre.hpp"
#include "spie/json.hpp"

#include <set>

using namespace spie;
using namespace spie::credentials;
using spie::testing::bytes_of;

namespace {

std::string model() { return bytes_of(std::filesystem::path(SPIE_SOURCE_DIR) / "examples/donnees/attestation.json"); }

OptionsLot how(unsigned threads = 0) {
  OptionsLot options;
  options.emission.instant = "2026-11-28T08:00:00Z";
  options.fils = threads;
  return options;
}

Rapport check(std::string_view badge, std::string recipient) {
  OptionsVerification options;
  options.au = "2026-11-29T08:00:00Z";
  options.destinataire = std::move(recipient);
  options.exiger = {Nom::destinataire};
  return Verificateur(options).verifier(badge);
}

// "B001 ligne 2 : recit, …" of all that is refused.
std::string refusals(const std::function<void()> &call) {
  std::string all;
  try {
    call();
  } catch (const Error &error) {
    for (const Diagnostic &one : error.diagnostics())
      all += (all.empty() ? "" : ", ") + std::string(text(one.code)) + " " + one.where;
  }
  return all;
}

} // namespace

TEST_CASE("each person gets her badge, with her narrative", "[credentials][lot]") {
  const Cle key = Cle::generer("ed25519");
  const std::vector<LigneLot> lines = lire_lot("\xEF\xBB\xBF"
                                               "courriel;recit;destinataire;id\r\n"
                                               "Aline@exemple.fr;\"L’été ; le fournil\nà 4 h\";;\r\n"
                                               ";אמל 🤝;urn:uuid:b;urn:uuid:2\r\n"
                                               ";;urn:uuid:c;\r\n");
  REQUIRE(lines.size() == 3);
  CHECK(lines[1].ligne == 4); // the narrative before it has two lines
  const std::vector<BadgeEmis> made = emettre_lot(model(), lines, key, how());
  REQUIRE(made.size() == 3);
  CHECK(check(made[0].badge, "aline@exemple.fr").verdict == Verdict::valide);
  CHECK(check(made[0].badge, "autre@exemple.fr").verdict == Verdict::invalide);
  CHECK(check(made[1].badge, "urn:uuid:b").verdict == Verdict::valide);
  CHECK(made[1].id == "urn:uuid:2");
  CHECK(made[0].id.starts_with("urn:uuid:"));
  CHECK(made[0].id.size() == 45);
  CHECK(made[0].badge.find("aline") == std::string::npos);  // her address is hashed
  CHECK(made[0].badge.find("Kosher") == std::string::npos); // with a salt of her own
  const auto subject = [](const BadgeEmis &one) { return *read_json(one.badge).context().find("credentialSubject"); };
  CHECK(subject(made[0]).context().find("narrative")->text() == "L’été ; le fournil\nà 4 h");
  CHECK(subject(made[1]).context().find("narrative")->text() == "אמל 🤝");
  CHECK(subject(made[2]).context().find("narrative") == nullptr);
  CHECK(subject(made[1]).context().find("identifier") == nullptr);
}

TEST_CASE("JSON lines say the same as a table", "[credentials][lot]") {
  const auto lines = lire_lot("{\"destinataire\": \"urn:a\", \"recit\": \"é\"}\n\n{\"courriel\": \"a@b.fr\"}");
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].recit == "é");
  CHECK(lines[1].ligne == 3);
  CHECK(lire_lot("").empty());
  CHECK(lire_lot("\n \n").empty());
  CHECK(refusals([] {
          lire_lot("{\"nom\": \"x\"}\n[]\n{\"id\": 3}\n{\"id\": \"a\", \"id\": \"b\"}\n{");
        }).find("B001 ligne 1, B001 ligne 2, B001 ligne 3, J004 ligne 4") == 0);
  CHECK(refusals([] { lire_lot("courriel;nom\na@b.fr;Aline\n"); }) == "B001 ligne 1");
  CHECK(refusals([] { lire_lot("id;id\n1;2\n"); }) == "B001 ligne 1");
  CHECK(refusals([] { lire_lot("id;recit\n1;2;3\n4;\"x\n"); }) == "B001 ligne 2, B001 ligne 3");
}

TEST_CASE("a line at fault stops all, and each is told", "[credentials][lot]") {
  const spie::testing::TemporaryFolder folder;
  const std::string file = (folder.path() / "registre.json").string();
  OptionsRegistre list;
  list.liste = "https://exemple.fr/etats/1";
  creer_registre(file, Registre(list));
  const std::string before = bytes_of(file);
  OptionsLot options = how();
  options.emission.registres = {file};
  const Cle key = Cle::generer("ed25519");
  const auto told = [&](const std::vector<LigneLot> &lines) {
    return refusals([&] { emettre_lot(model(), lines, key, options); });
  };
  CHECK(told({{1, "", "urn:a"}, {2}, {3, "", "urn:a", "a@b.fr"}, {4, "", "", "adresse"}}) ==
        "B001 ligne 2, B001 ligne 3, B001 ligne 4 : courriel");
  CHECK(told({{1, "urn:x", "urn:a"}, {2, "urn:x", "urn:b"}}) == "B001 ligne 2 : id");
  CHECK(told({{0, "", "urn:a", "", "son numéro : 1 85 05 78 006 084 91"}}) == "B001 ligne 1 : recit");
  // What only signing finds: a tab in a text, which others sign otherwise (B015 when reading).
  CHECK(told({{1, "", "urn:a"}, {2, "", "urn:b", "", "a\tb"}, {3, "", "pas une URI"}}).find("ligne 2") !=
        std::string::npos);
  CHECK(refusals([&] { emettre_lot("{}", {{1, "", "urn:a"}}, key, options); }) == "B001 /credentialSubject");
  CHECK(bytes_of(file) == before);

  int asked = 0;
  const Cle locked = Cle::ailleurs({*key.publiques().multibase, [&](std::string_view) -> std::string {
                                      ++asked;
                                      throw std::runtime_error("locked");
                                    }});
  options.fils = 1;
  CHECK_THROWS_AS(emettre_lot(model(), {{1, "", "urn:a"}, {2, "", "urn:b"}}, locked, options), std::runtime_error);
  CHECK(asked == 1);
  CHECK(bytes_of(file) == before);
}

TEST_CASE("a batch is the same on any number of threads, takes its entries, and tells how far it is",
          "[credentials][lot]") {
  const spie::testing::TemporaryFolder folder;
  const std::string file = (folder.path() / "registre.json").string();
  OptionsRegistre list;
  list.liste = "https://exemple.fr/etats/1";
  creer_registre(file, Registre(list));
  std::vector<LigneLot> lines;
  for (int i = 0; i < 40; ++i)
    lines.push_back(
        {0, "urn:uuid:" + std::to_string(i), "urn:p:" + std::to_string(i), "", "récit " + std::to_string(i)});
  const Cle key = Cle::generer("ed25519");
  OptionsLot options = how(3);
  options.emission.registres = {file};
  std::vector<std::size_t> counts;
  options.avancement = [&](std::size_t done, std::size_t all) {
    CHECK(all == 40);
    counts.push_back(done);
  };
  const auto many = emettre_lot(model(), lines, key, options);
  CHECK(counts.size() == 40);
  CHECK(counts.back() == 40);
  options.avancement = {};
  options.fils = 1;
  const auto one = emettre_lot(model(), lines, key, options); // each keeps the entry that it has
  std::set<std::string> badges;
  for (std::size_t i = 0; i < many.size(); ++i) {
    CHECK(many[i].badge == one[i].badge); // Ed25519 signs the same text alike
    CHECK(many[i].ligne == static_cast<std::int64_t>(i) + 1);
    badges.insert(many[i].badge);
  }
  CHECK(badges.size() == 40);
  CHECK(lire_registre(file).etat().entrees.size() == 40);
  options.avancement = [](std::size_t, std::size_t) { throw std::out_of_range("interrupted"); };
  CHECK_THROWS_AS(emettre_lot(model(), lines, key, options), std::out_of_range);
  CHECK(emettre_lot(model(), {}, key, options).empty());
}
