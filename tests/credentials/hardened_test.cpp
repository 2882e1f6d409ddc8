// What an attacker tried on badges, and what was told of it: each case was accepted, or refused for nothing, once.
#include "tests/credentials/badges.hpp"

#include "credentials/carrier.hpp"
#include "credentials/data_integrity.hpp"
#include "credentials/jwt.hpp"
#include "credentials/multibase.hpp"
#include "credentials/rdf/canonical.hpp"
#include "credentials/status.hpp"
#include "credentials/trust.hpp"
#include "text/base64.hpp"

#include <algorithm>

using namespace spie;
using namespace spie::credentials;
using namespace spie::testing;

namespace {

const Controle *found(const Rapport &report, Nom nom, Etat etat) {
  const auto one = std::find_if(report.controles.begin(), report.controles.end(),
                                [&](const Controle &each) { return each.nom == nom && each.etat == etat; });
  return one == report.controles.end() ? nullptr : &*one;
}
std::string place(const Rapport &report, Nom nom, Etat etat) {
  const Controle *one = found(report, nom, etat);
  return one == nullptr ? "nothing" : std::string(text(one->code.value_or(Code{}))) + " " + one->place;
}

// An endorsement of a badge of ours, by somebody else.
std::string endorsement(const Cle &endorser, std::string_view endorsed) {
  const std::string text = R"({"@context": ["https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"], "id": "urn:uuid:1f3c5f5e-1f63-4b6e-9d39-0d6b0f1c2a12",
    "type": ["VerifiableCredential", "EndorsementCredential"], "name": "Recommandation", "issuer": {"id": "ISSUER",
    "type": ["Profile"]}, "validFrom": "2026-11-01T00:00:00Z", "credentialSubject": {"id": ")" +
                           std::string(endorsed) + R"(", "type": ["EndorsementSubject"]}})";
  return emettre(text, endorser, dated()).badge;
}

std::string endorsed_badge(const Cle &key, const Cle &endorser) {
  const std::string inner = endorsement(endorser, id_in(unsigned_badge()));
  return emettre(with(unsigned_badge(), "\"validFrom\"", "\"endorsement\": [" + inner + "],\n  \"validFrom\""), key,
                 dated())
      .badge;
}

std::string entry_of_list(std::string_view list, std::string_view index = "4711") {
  return R"({"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": ")" +
         std::string(index) + R"(", "statusListCredential": ")" + std::string(list) + R"("})";
}
std::string with_status(const std::string &status) {
  return with(unsigned_badge(), "\"validFrom\"", "\"credentialStatus\": " + status + ",\n  \"validFrom\"");
}

// A badge of ours signed with those members in its proof, whatever they say.
std::string signed_with(const Cle &key, std::string_view members) {
  const std::string did = key.publiques().did;
  const std::string text = with(unsigned_badge(), "ISSUER", did);
  const std::string proof =
      R"(, "proof": {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "verificationMethod": ")" + did +
      "#" + *key.publiques().multibase + R"(", "proofPurpose": "assertionMethod", )" + std::string(members) +
      R"(, "proofValue": "z1"}})";
  const std::string whole = text.substr(0, text.rfind('}')) + proof;
  Secured secured(json::read_verbatim(whole));
  const Covered covered =
      secured.covered(secured.proofs().front(), crypto::KeyKind::ed25519, jsonld::Contexts::pinned());
  return with(whole, "\"z1\"", "\"" + to_multibase(key.secret().sign(covered.bytes), Multibase::base58btc) + "\"");
}

} // namespace

TEST_CASE("an image that carries two badges says so, whichever is read", "[credentials][hardened]") {
  const Cle key = Cle::generer("ed25519");
  const std::string good = emettre(unsigned_badge(), key, dated()).badge;
  const std::string other = emettre(with(unsigned_badge(), "Stagiaire", "Directrice"), key, dated()).badge;
  const std::string svg = R"(<svg xmlns="http://www.w3.org/2000/svg"><title>œuf</title></svg>)";
  const std::string one = bake(svg, good);
  CHECK(check(one).etat(Nom::structure) == Etat::ok);
  const std::string two =
      with(one, "</openbadges:credential>",
           "</openbadges:credential><openbadges:credential><![CDATA[" + other + "]]></openbadges:credential>");
  const Rapport told_of = check(two);
  INFO(told(told_of));
  CHECK(told_of.verdict == Verdict::valide);
  CHECK(place(told_of, Nom::structure, Etat::avertissement) == "B015 ");
  CHECK(found(told_of, Nom::structure, Etat::avertissement)->motif.en.find("2 badges") != std::string::npos);

  // What is baked stands in one piece.
  const std::string pixel = own_file("vide.png");
  const std::string baked = bake(pixel, good), again = bake(pixel, other);
  const auto at_chunk =
      static_cast<std::size_t>(std::mismatch(pixel.begin(), pixel.end(), baked.begin()).first - pixel.begin());
  const std::string chunk = again.substr(at_chunk, again.size() - pixel.size());
  const Rapport of_png = check(baked.substr(0, at_chunk) + chunk + baked.substr(at_chunk));
  INFO(told(of_png));
  CHECK(of_png.etat(Nom::structure) == Etat::avertissement);
  CHECK(extract(baked.substr(0, at_chunk) + chunk + baked.substr(at_chunk)).badges == 2);
  CHECK(extract(baked).badges == 1);
}

TEST_CASE("what is asked of a badge is not asked of its endorsements", "[credentials][hardened]") {
  const Cle key = Cle::generer("ed25519"), endorser = Cle::generer("ed25519"), keeper = Cle::generer("ed25519");
  const std::string badge = endorsed_badge(key, endorser);
  OptionsVerification options = at();
  options.destinataire = "a@example.com";
  options.exiger = {Nom::avenants};
  const Rapport to_her = check(badge, options);
  INFO(told(to_her));
  CHECK(to_her.verdict == Verdict::valide);
  CHECK(to_her.etat(Nom::avenants) == Etat::ok);

  const auto trusting = [&](std::vector<std::string> ids, std::vector<Nom> required) {
    std::string list;
    for (const std::string &id : ids)
      list += std::string(list.empty() ? "" : ", ") + R"({"id": ")" + id +
              R"(", "nom": "Atelier", "etat": "reconnu", "du": "2026-01-01"})";
    OptionsVerification given = at();
    given.confiance = sign_trust_list(R"({"emetteurs": [)" + list + "]}", crypto::Signer(keeper.secret()));
    given.exiger = std::move(required);
    return check(badge, given);
  };
  const std::string own = key.publiques().did, others = endorser.publiques().did;
  CHECK(trusting({own}, {Nom::confiance}).verdict == Verdict::valide);
  CHECK(trusting({own}, {Nom::confiance}).etat(Nom::avenants) == Etat::ok);
  // Who requires both wants endorsers who are recognised, and is told what is wrong with that one.
  const Rapport unknown = trusting({own}, {Nom::confiance, Nom::avenants});
  INFO(told(unknown));
  CHECK(unknown.verdict == Verdict::invalide);
  CHECK(place(unknown, Nom::avenants, Etat::echec) == "B013 /endorsement/0/issuer");
  CHECK(trusting({own, others}, {Nom::confiance, Nom::avenants}).verdict == Verdict::valide);
}

TEST_CASE("an empty recipient is no recipient, and is refused", "[credentials][hardened]") {
  OptionsVerification options = at();
  options.destinataire = "";
  CHECK(refusal([&] { Verificateur{std::move(options)}; }) == "A001 destinataire");
}

TEST_CASE("a fault is told where it stands in the badge", "[credentials][hardened]") {
  const Cle key = Cle::generer("ed25519");
  const std::string badge = emettre(unsigned_badge(), key, dated()).badge;
  const Rapport undefined = check(with(badge, "\"role\"", "\"fonction\": \"x\", \"role\""));
  INFO(told(undefined));
  CHECK(place(undefined, Nom::preuve, Etat::echec) == "B002 /credentialSubject/fonction");
  CHECK(place(undefined, Nom::structure, Etat::echec) == "B002 /credentialSubject/fonction");
  // Of the second status, and not of a place in the list.
  const std::string first = "https://atelier.example/listes/1", second = "https://atelier.example/listes/2";
  const std::string two =
      emettre(with_status("[" + entry_of_list(first) + ", " + entry_of_list(second) + "]"), key, dated()).badge;
  OptionsVerification options = at();
  options.documents.emplace_back(first, "{}");
  options.documents.emplace_back(second, "{\"a\": 1, \"a\": 2}");
  const Rapport lists = check(two, options);
  INFO(told(lists));
  for (const Controle &one : lists.controles)
    if (one.nom == Nom::statut)
      CHECK((one.place == "/credentialStatus/0" || one.place == "/credentialStatus/1"));
  // A key that is not at hand is told where the JWT names it.
  const std::string web = with(unsigned_badge(), "\"ISSUER\"", "\"did:web:ecole.example\"");
  const std::string jwt = issue_vc_jwt(web, crypto::Signer(key.secret()), "did:web:ecole.example#k").jws;
  CHECK(place(check(jwt), Nom::cle, Etat::non_verifie) == "B010 /kid");
}

TEST_CASE("a badge that names lists of status without end is refused", "[credentials][hardened]") {
  std::string entries;
  for (int i = 0; i < 21; ++i)
    entries += (i == 0 ? "" : ", ") + entry_of_list("https://atelier.example/listes/1", std::to_string(i));
  const std::string badge = emettre(with_status("[" + entries + "]"), Cle::generer("ed25519"), dated()).badge;
  CHECK(place(check(badge), Nom::statut, Etat::echec) == "B012 /credentialStatus");
}

TEST_CASE("a badge and all that it holds share one amount of work", "[credentials][hardened]") {
  // Nine blank nodes that all name one another, in each of twenty endorsements of a dozen proofs: each alone would take
  // all the steps that a badge may.
  std::string nodes, endorsements;
  for (int i = 0; i < 9; ++i) {
    std::string others;
    for (int j = 0; j < 9; ++j)
      if (j != i)
        others += std::string(others.empty() ? "" : ", ") + R"({"id": "_:a)" + std::to_string(j) +
                  R"(", "type": ["Alignment"], "targetName": "x", "targetUrl": "https://x.example"})";
    nodes += std::string(i == 0 ? "" : ", ") + R"({"type": ["Result"], "alignment": [)" + others + "]}";
  }
  const Cle key = Cle::generer("ed25519");
  const std::string did = key.publiques().did, method = did + "#" + *key.publiques().multibase;
  for (int i = 0; i < 20; ++i)
    endorsements += std::string(i == 0 ? "" : ", ") + R"({"@context": ["https://www.w3.org/ns/credentials/v2",
      "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"], "id": "urn:x:)" +
                    std::to_string(i) + R"(", "type": ["VerifiableCredential", "EndorsementCredential"],
      "issuer": ")" +
                    did + R"(", "name": "n", "validFrom": "2026-11-01T00:00:00Z", "credentialSubject": {"id": "urn:y",
      "type": ["EndorsementSubject"]}, "evidence": [{"type": ["Evidence"], "result": [)" +
                    nodes + R"(]}], "proof": {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022",
      "verificationMethod": ")" +
                    method + R"(", "proofPurpose": "assertionMethod", "proofValue": "z1111"}})";
  const std::string signed_text = emettre(unsigned_badge(), key, dated()).badge;
  const Rapport report =
      check(with(signed_text, "\"validFrom\"", "\"endorsement\": [" + endorsements + "], \"validFrom\""));
  CHECK(report.verdict == Verdict::invalide);

  // What one graph has spent, the next has not.
  rdf::Work work;
  rdf::Dataset clique, pair;
  for (int i = 0; i < 9; ++i)
    for (int j = 0; j < 9; ++j)
      if (i != j)
        clique.push_back({{rdf::Term::Kind::blank, "n" + std::to_string(i)},
                          {rdf::Term::Kind::iri, "urn:p"},
                          {rdf::Term::Kind::blank, "n" + std::to_string(j)}});
  for (const auto &[from, to] : {std::pair{"a", "b"}, std::pair{"b", "a"}})
    pair.push_back({{rdf::Term::Kind::blank, from}, {rdf::Term::Kind::iri, "urn:p"}, {rdf::Term::Kind::blank, to}});
  CHECK_NOTHROW(rdf::canonical(pair, rdf::Hash::sha256, work));
  CHECK(refusal([&] { rdf::canonical(clique, rdf::Hash::sha256, work); }) == "B012");
  CHECK(refusal([&] { rdf::canonical(pair, rdf::Hash::sha256, work); }) == "B012");
  rdf::Work few{1'000'000, 3};
  CHECK_NOTHROW(rdf::canonical(pair, rdf::Hash::sha256, few));
  CHECK(refusal([&] { rdf::canonical(pair, rdf::Hash::sha256, few); }) == "B012");
}

TEST_CASE("a chain of proofs is refused by its name, in both languages", "[credentials][hardened]") {
  const std::string badge = emettre(unsigned_badge(), Cle::generer("ed25519"), dated()).badge;
  const Rapport report = check(with(badge, "\"proofPurpose\"", "\"previousProof\": \"urn:x\", \"proofPurpose\""));
  INFO(told(report));
  CHECK(report.verdict == Verdict::invalide);
  const Controle *chain = found(report, Nom::preuve, Etat::echec);
  REQUIRE(chain != nullptr);
  CHECK(chain->place == "/proof/previousProof");
  CHECK(chain->motif.fr.find("previousProof") != std::string::npos);
  CHECK(chain->motif.en.find("previousProof") != std::string::npos);
  CHECK(chain->remede.fr.find("chaque preuve") != std::string::npos);
}

TEST_CASE("a badge of VC 1.1 is read with a warning, and what its contexts do not define is refused as in any other",
          "[credentials][hardened]") {
  // Lossy reading is for the cases of the W3C alone: under a signature, a term that falls away may be changed at will.
  const Cle key = Cle::generer("ed25519");
  std::string old =
      with(unsigned_badge(), "https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1");
  old = with(old, "context-3.0.3.json", "context-3.0.1.json");
  old = with(with(old, "\"validFrom\"", "\"issuanceDate\""), "\"validUntil\"", "\"expirationDate\"");
  CHECK_THROWS_AS(emettre(old, key, dated()), Error); // it is read, and never issued
  old = with(old, "ISSUER", key.publiques().did);
  const Rapport plain = check(old);
  INFO(told(plain));
  CHECK(plain.etat(Nom::structure) == Etat::avertissement);
  CHECK(place(plain, Nom::structure, Etat::avertissement) == "B015 /@context/0");
  CHECK(plain.verdict == Verdict::invalide); // nobody signed it
  CHECK(plain.etat(Nom::preuve) == Etat::echec);
  const Rapport more = check(with(old, "\"role\"", "\"surnom\": \"x\", \"role\""));
  INFO(told(more));
  CHECK(place(more, Nom::structure, Etat::echec) == "B002 /credentialSubject/surnom");
  CHECK(more.verdict == Verdict::invalide);
}

TEST_CASE("a proof counts from its date until its end", "[credentials][hardened]") {
  const Cle key = Cle::generer("ed25519");
  const auto place_of = [&](std::string_view members) {
    const Rapport report = check(signed_with(key, members));
    INFO(told(report));
    CHECK((report.verdict == Verdict::valide) == (report.etat(Nom::preuve) == Etat::ok));
    return place(report, Nom::preuve, Etat::echec);
  };
  CHECK(place_of(R"("created": "2026-11-28T08:00:00Z")") == "nothing");
  CHECK(place_of(R"("created": "2026-11-28T08:00:00Z", "expires": "2026-11-29T08:00:00Z")") == "nothing");
  CHECK(place_of(R"("created": "2026-11-28T08:00:00Z", "expires": "2026-11-29T07:59:59Z")") == "B007 /proof/expires");
  CHECK(place_of(R"("created": "2026-11-29T08:05:00Z")") == "nothing"); // as far as clocks differ
  CHECK(place_of(R"("created": "2026-11-29T08:05:01Z")") == "B007 /proof/created");
}

TEST_CASE("an end or a status that is spelled otherwise does not hide", "[credentials][hardened]") {
  const Cle key = Cle::generer("ed25519");
  const std::string end = R"("validUntil": "2031-11-02T08:00:00+01:00")";
  const std::string date =
      R"({"@value": "2031-11-02T08:00:00+01:00", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"})";
  const std::string badge = emettre(with_status(entry_of_list("https://atelier.example/listes/1")), key, dated()).badge;
  const auto late = at("2032-01-01T00:00:00Z");
  CHECK(check(badge).verdict == Verdict::non_verifiable); // its list was not handed over
  CHECK(check(badge, late).verdict == Verdict::invalide);
  for (const std::string &other :
       {R"("https://www.w3.org/2018/credentials#validUntil": )" + date, R"("cred:validUntil": )" + date,
        R"("validUntil": )" + date, std::string(R"("validUntil": ["2031-11-02T08:00:00+01:00"])"),
        std::string(R"("@nest": {"validUntil": "2031-11-02T08:00:00+01:00"})"),
        R"("@included": [{"https://www.w3.org/2018/credentials#validUntil": )" + date + "}]"}) {
    CAPTURE(other);
    CHECK(check(with(badge, end, other), late).verdict != Verdict::valide);
    CHECK(check(with(badge, end, other)).verdict == Verdict::invalide);
  }
  for (const std::string_view other :
       {"\"https://www.w3.org/2018/credentials#credentialStatus\"", "\"cred:credentialStatus\""})
    CHECK(check(with(badge, "\"credentialStatus\"", other)).verdict == Verdict::invalide);
}

TEST_CASE("a term of Open Badges 2.0 that is spelled in full does not hide", "[credentials][hardened]") {
  const auto badge = [](std::string_view more) {
    return R"({"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://ecole.example/a",
      "recipient": {"type": "email", "hashed": false, "identity": "a@b.example"}, "issuedOn": "2026-01-01T00:00:00Z",
      "verification": {"type": "hosted"}, "badge": {"type": "BadgeClass", "id": "https://ecole.example/b", "name": "T",
      "description": "d", "criteria": {"narrative": "x"}, "image": "https://ecole.example/i.png", "issuer": {"type":
      "Profile", "id": "https://ecole.example/i", "name": "École", "url": "https://ecole.example", "email": "a@b.fr"}})" +
           std::string(more) + "}";
  };
  CHECK(check(badge("")).verdict == Verdict::valide);
  CHECK(place(check(badge(R"(, "obi:revoked": true)")), Nom::structure, Etat::echec) == "B002 /obi:revoked");
  CHECK(check(badge(R"(, "https://w3id.org/openbadges#expires": "2026-02-01T00:00:00Z")")).verdict ==
        Verdict::invalide);
}

TEST_CASE("a null, an empty list and a key given twice are refused where they stand", "[credentials][hardened]") {
  const std::string badge = emettre(unsigned_badge(), Cle::generer("ed25519"), dated()).badge;
  const auto place_of = [&](std::string_view other) {
    const Rapport report = check(with(badge, "\"role\"", other));
    INFO(told(report));
    CHECK(report.verdict == Verdict::invalide);
    return place(report, Nom::structure, Etat::echec);
  };
  CHECK(place_of(R"("narrative": null, "role")") == "B001 /credentialSubject/narrative");
  CHECK(place_of(R"("result": [], "role")") == "B001 /credentialSubject/result");
  CHECK(place_of(R"("role": "Directrice", "role")").find("B001") == 0);
}
