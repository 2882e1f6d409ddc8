#include "credentials/carrier.hpp"
#include "credentials/instant.hpp"
#include "credentials/ob2.hpp"
#include "credentials/ob2/rules.hpp"
#include "credentials/ob2/signed.hpp"
#include "rules/json/reader.hpp"

#include <algorithm>
#include <memory>

namespace spie::credentials {

namespace {

using feel::Kind;
using feel::Value;
using ob2::authority;
using ob2::Node;

constexpr JsonLimits limits{64, most_badge_bytes};

Finding finding(Code code, std::string where, std::string fr, std::string en, Level level = Level::error) {
  return {code, level, std::move(where), {std::move(fr), std::move(en)}, {}};
}

class Reading {
public:
  Reading(const Documents &documents, feel::DaysDuration at) noexcept : documents_(documents), at_(at) {}

  Ob2 read(std::string_view bytes) {
    std::optional<ob2::Signed> jws;
    const bool is_json = bytes.find_first_not_of(" \t\r\n") != std::string_view::npos &&
                         bytes[bytes.find_first_not_of(" \t\r\n")] == '{';
    if (!is_json) {
      while (!bytes.empty() && (bytes.back() == '\n' || bytes.back() == '\r'))
        bytes.remove_suffix(1);
      jws = ob2::read_signed(bytes);
    }
    const Value document = json::read_verbatim(jws ? std::string_view(jws->payload) : bytes, {}, limits).value;
    const Node node{&document, {}};
    result_.type = check_document(node, {}, result_.structure);
    result_.is_assertion = result_.type == "Assertion";
    if (result_.is_assertion)
      assertion(node, jws);
    else if (jws)
      result_.proof.push_back(finding(Code::badge_proof, {}, "seul un badge attribué est signé",
                                      "a badge that was given is signed, and nothing else"));
    else if (result_.type == "BadgeClass")
      issuer_of(node);
    return std::move(result_);
  }

private:
  // A linked document, as it was handed over; nothing, and B010, when it was not. An object stands for itself.
  std::optional<Node> linked(const Node &from, std::string_view key, std::string_view type) {
    const Node link = from.at(key);
    if (link.value == nullptr)
      return std::nullopt;
    if (link.value->is(Kind::context)) {
      // What the badge says of its own issuer proves nobody: the document at that address does.
      const std::string id = link.text("id");
      if (ob2::is_http(id) && documents_.find(id))
        return document(id, link.where, type);
      inside_ = true;
      result_.issuer_findings.push_back(
          finding(Code::badge_warning, link.where, "ceci n’est dit que par le badge : le document n’a pas été remis",
                  "the badge alone says so: the document was not handed over", Level::warning));
      return link;
    }
    if (!link.value->is(Kind::text))
      return std::nullopt;
    return document(link.value->text(), link.where, type);
  }

  std::optional<Node> document(const std::string &address, const std::string &where, std::string_view type) {
    const auto bytes = documents_.find(address);
    if (!bytes) {
      result_.structure.push_back(finding(Code::badge_unavailable, where,
                                          "ce document n’a pas été remis\u202f: " + address,
                                          "this document was not handed over: " + address));
      return std::nullopt;
    }
    try {
      held_.push_back(std::make_unique<Value>(json::read_verbatim(*bytes, {}, limits).value));
    } catch (const Error &) {
      result_.structure.push_back(finding(Code::badge_structure, address + "#", "ce document n’est pas du JSON lisible",
                                          "this document is no JSON that can be read"));
      return std::nullopt;
    }
    Node node{held_.back().get(), address + "#"};
    check_document(node, type, result_.structure);
    same_id(node, address);
    return node;
  }

  // A document names itself as its address does; published ones differ in their path.
  void same_id(const Node &node, const std::string &address) {
    const std::string id = node.text("id");
    if (id.empty() || id == address)
      return;
    if (!ob2::is_http(id))
      return result_.issuer_findings.push_back(
          finding(Code::badge_warning, node.where + "/id", "ce document ne se nomme pas par une adresse en http",
                  "this document names itself by no http address", Level::warning));
    if (authority(id) == authority(address))
      return result_.structure.push_back(
          finding(Code::badge_warning, node.where + "/id", "ce document se nomme autrement que par son adresse",
                  "this document names itself otherwise than its address", Level::warning));
    result_.issuer_findings.push_back(finding(Code::badge_issuer, node.where + "/id",
                                              "ce document se dit d’un autre site que celui de son adresse",
                                              "this document says that it is of another site than its address"));
    discordant();
  }

  std::optional<Node> issuer_of(const Node &badge_class) {
    const auto issuer = linked(badge_class, "issuer", "Profile");
    if (issuer)
      result_.issuer = issuer->text("id");
    return issuer;
  }

  void assertion(const Node &node, const std::optional<ob2::Signed> &jws) {
    dates(node);
    recipient(node.at("recipient"));
    const auto badge = linked(node, "badge", "BadgeClass");
    const auto issuer = badge ? issuer_of(*badge) : std::nullopt;
    const Node how = node.at("verification");
    const bool hosted = how.has_type("hosted") || how.has_type("HostedBadge");
    if (hosted && jws) {
      result_.proof.push_back(finding(Code::badge_proof, "/verification/type", "le badge est signé, et se dit hébergé",
                                      "the badge is signed, and says that it is hosted"));
    } else if (!hosted && !jws) {
      result_.proof.push_back(finding(Code::badge_proof, "/verification/type",
                                      "le badge se dit signé, et ne porte aucune signature",
                                      "the badge says that it is signed, and bears no signature"));
    } else if (issuer) {
      if (jws)
        signature(node, *jws, *issuer);
      else
        hosting(node, *issuer);
    }
    if (issuer)
      revocation(node, *issuer);
  }

  void recipient(const Node &node) {
    const Value *hashed = node.find("hashed");
    if (hashed != nullptr && hashed->is(Kind::boolean) && !node.text("identity").empty())
      result_.recipient = Identity{node.text("type"), hashed->is_true(), node.text("identity"), node.text("salt")};
  }

  void dates(const Node &node) {
    const auto issued = read_instant(node.text("issuedOn"));
    if (issued && *issued > at_)
      result_.dates.push_back(finding(Code::badge_dates, "/issuedOn", "le badge est daté d’après cet instant",
                                      "the badge is dated after that instant"));
    const auto expires = read_instant(node.text("expires"));
    if (expires && *expires <= at_)
      result_.dates.push_back(finding(Code::badge_dates, "/expires", "le badge a expiré", "the badge has expired"));
  }

  // Where a badge may stand is the issuer's to say: by default, on its own site.
  void hosting(const Node &node, const Node &issuer) {
    const std::string id = node.text("id"), issuer_id = issuer.text("id");
    const Node policy = issuer.at("verification");
    const auto refuse = [&](std::string fr, std::string en) {
      result_.proof.push_back(finding(Code::badge_proof, "/id", std::move(fr), std::move(en)));
    };
    if (!ob2::is_http(id))
      return refuse("un badge hébergé a une adresse en http", "a hosted badge has an http address");
    const auto starts = policy.texts("startsWith");
    if (!starts.empty() &&
        std::none_of(starts.begin(), starts.end(), [&](const std::string &one) { return id.starts_with(one); }))
      return refuse("l’adresse du badge ne commence comme aucune de celles que l’émetteur admet",
                    "the address of the badge begins as none of those that the issuer allows");
    auto origins = policy.texts("allowedOrigins");
    if (origins.empty() && ob2::is_http(issuer_id))
      origins.emplace_back(authority(issuer_id));
    if (!ob2::is_http(issuer_id)) {
      result_.issuer_findings.push_back(
          finding(Code::badge_warning, issuer.where + "/id",
                  "l’émetteur n’a pas de site\u202f: rien ne dit où ses badges peuvent être",
                  "the issuer has no site: nothing says where its badges may stand", Level::warning));
    } else if (std::find(origins.begin(), origins.end(), authority(id)) == origins.end()) {
      return refuse("le badge n’est sur aucun des sites que l’émetteur admet",
                    "the badge stands on none of the sites that the issuer allows");
    }
    hosted_copy(node, id);
  }

  // What makes a hosted badge true is that it stands at its address.
  void hosted_copy(const Node &node, const std::string &id) {
    const auto bytes = documents_.find(id);
    if (!bytes) {
      result_.proof.push_back(finding(
          Code::badge_warning, "/id",
          "ce qui est à l’adresse du badge n’a pas été remis\u202f: le fichier seul a été contrôlé",
          "what stands at the address of the badge was not handed over: the file alone was checked", Level::warning));
      return prove(IssuerProof::self_declared);
    }
    bool same = false;
    try {
      same = ob2::same(json::read_verbatim(*bytes, {}, limits).value, *node.value);
    } catch (const Error &) { // then it is another
    }
    if (!same)
      return result_.proof.push_back(finding(Code::badge_proof, "/id", "un autre badge est à l’adresse de celui-ci",
                                             "another badge stands at the address of this one"));
    prove(IssuerProof::proved);
  }

  // The key is the one that the badge names, and the issuer's own document lists it.
  void signature(const Node &node, const ob2::Signed &jws, const Node &issuer) {
    std::string address = node.at("verification").address("creator");
    const Node keys = issuer.at("publicKey");
    std::vector<std::string> listed = issuer.texts("publicKey");
    if (const std::string own = keys.address("id"); keys.value != nullptr && keys.value->is(Kind::context))
      listed.push_back(own);
    if (address.empty() && listed.size() == 1)
      address = listed.front();
    if (address.empty())
      return result_.key.push_back(
          finding(Code::badge_key, "/verification", "rien ne dit quelle clé a signé", "nothing says which key signed"));
    if (std::find(listed.begin(), listed.end(), address) == listed.end()) {
      result_.issuer_findings.push_back(finding(Code::badge_issuer, issuer.where + "/publicKey",
                                                "l’émetteur ne donne pas cette clé pour sienne",
                                                "the issuer does not say that this key is its own"));
      return discordant();
    }
    const bool inside = keys.value->is(Kind::context);
    const auto key = inside ? std::optional(keys) : document(address, "/verification/creator", "CryptographicKey");
    if (!key)
      return;
    if (const std::string owner = key->text("owner"); !owner.empty() && owner != issuer.text("id")) {
      result_.issuer_findings.push_back(finding(Code::badge_issuer, key->where + "/owner",
                                                "la clé est à un autre que l’émetteur",
                                                "the key belongs to another than the issuer"));
      return discordant();
    }
    try {
      if (!ob2::read_rsa_pem(key->text("publicKeyPem"), key->where + "/publicKeyPem")
               .verify(jws.signed_text, jws.signature))
        return result_.proof.push_back(
            finding(Code::badge_proof, {}, "la signature ne tient pas", "the signature does not hold"));
    } catch (const Refusal &refusal) {
      return result_.key.push_back(refusal.finding());
    }
    prove(IssuerProof::proved);
  }

  void revocation(const Node &node, const Node &issuer) {
    result_.has_status = node.find("revoked") != nullptr || issuer.find("revocationList") != nullptr;
    const auto add_revoked = [&](std::string where, const std::string &reason) {
      result_.status.push_back(finding(Code::badge_status, std::move(where),
                                       "le badge a été révoqué" + (reason.empty() ? "" : "\u202f: " + reason),
                                       "the badge was revoked" + (reason.empty() ? "" : ": " + reason)));
    };
    if (const Value *revoked = node.find("revoked");
        revoked != nullptr && revoked->is(Kind::boolean) && revoked->is_true())
      add_revoked("/revoked", node.text("revocationReason"));
    const std::string address = issuer.address("revocationList");
    if (address.empty())
      return;
    const auto list = document(address, issuer.where + "/revocationList", "RevocationList");
    const Value *entries = list ? list->find("revokedAssertions") : nullptr;
    if (entries == nullptr || !entries->is(Kind::list))
      return;
    const std::string id = node.text("id"), uid = node.text("uid");
    for (std::size_t i = 0; i < entries->list().size(); ++i) {
      const Node one{&entries->list()[i], list->where + "/revokedAssertions/" + std::to_string(i)};
      const std::string named = one.value->is(Kind::text) ? one.value->text() : one.text("id");
      if ((!named.empty() && (named == id || named == uid)) || (!uid.empty() && one.text("uid") == uid))
        add_revoked(one.where, one.text("revocationReason"));
    }
  }

  void prove(IssuerProof proof) {
    if (!result_.issuer_proof)
      result_.issuer_proof = inside_ ? IssuerProof::self_declared : proof;
  }
  void discordant() { result_.issuer_proof = IssuerProof::discordant; }

  const Documents &documents_;
  feel::DaysDuration at_;
  Ob2 result_;
  bool inside_ = false;                      // the class or the issuer stands in the badge itself
  std::vector<std::unique_ptr<Value>> held_; // what nodes point into
};

} // namespace

Ob2::Verdict Ob2::verdict() const noexcept {
  bool missing = false;
  for (const auto *list : {&structure, &proof, &key, &issuer_findings, &status, &dates})
    for (const Finding &one : *list) {
      if (one.level == Level::error && one.code != Code::badge_unavailable)
        return Verdict::invalid;
      missing = missing || one.code == Code::badge_unavailable;
    }
  return missing ? Verdict::not_verifiable : Verdict::valid;
}

bool Ob2::has_warnings() const noexcept {
  for (const auto *list : {&structure, &proof, &key, &issuer_findings, &status, &dates})
    for (const Finding &one : *list)
      if (one.level == Level::warning)
        return true;
  return false;
}

Ob2 read_ob2(std::string_view bytes, const Documents &documents, feel::DaysDuration at) {
  return Reading(documents, at).read(bytes);
}

} // namespace spie::credentials
