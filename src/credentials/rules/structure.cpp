#include "credentials/rules/structure.hpp"

#include "credentials/hazards.hpp"
#include "credentials/instant.hpp"
#include "credentials/place.hpp"
#include "credentials/rules/classes.hpp"
#include "credentials/rules/sentences.hpp"

#include <algorithm>
#include <array>

namespace spie::credentials::rules {
namespace {

using feel::Kind;
using feel::Value;
using Name = std::string_view;

constexpr Name vc2 = "https://www.w3.org/ns/credentials/v2";
constexpr Name vc1 = "https://www.w3.org/2018/credentials/v1";
constexpr Name ob_newest = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
constexpr Name clr_newest = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";
constexpr std::array ob_older = std::to_array<Name>({
    "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
});
constexpr std::array clr_older = std::to_array<Name>({"https://purl.imsglobal.org/spec/clr/v2p0/context.json"});
constexpr std::array other_contexts = std::to_array<Name>({
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
    "https://w3id.org/security/data-integrity/v1",
    "https://w3id.org/security/data-integrity/v2",
    "https://w3id.org/security/suites/ed25519-2020/v1",
    "https://www.w3.org/ns/did/v1",
});
const Words whole{"le document", "the document"};

template <std::size_t count> bool among(const std::array<Name, count> &words, Name word) noexcept {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// ~ and / of a key, as a JSON pointer writes them.
std::string under(const std::string &place, Name key) {
  std::string pointer = place + "/";
  for (const char c : key)
    pointer += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return pointer;
}
std::string under(const std::string &place, std::size_t index) { return place + "/" + std::to_string(index); }

bool is_day(Name text) { return read_instant(std::string(text) + "T00:00:00Z").has_value(); }
bool is_local(Name text) { return read_instant(std::string(text) + "Z").has_value(); }

bool is_uri(Name text) noexcept {
  const std::size_t colon = text.find(':');
  if (colon == Name::npos || colon == 0 || colon + 1 == text.size())
    return false;
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!letter(text.front()))
    return false;
  for (const char c : text.substr(0, colon))
    if (!letter(c) && !digit(c) && c != '+' && c != '-' && c != '.')
      return false;
  return std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '<' || c == '>' || c == '"' || c == '\\' ||
           c == '^' || c == '`' || c == '{' || c == '|' || c == '}';
  });
}

const Value *find(const Value &object, Name key) noexcept {
  return object.is(Kind::context) ? object.context().find(key) : nullptr;
}

const std::string *text_at(const Value &object, Name key) noexcept {
  const Value *found = find(object, key);
  return found != nullptr && found->is(Kind::text) ? &found->text() : nullptr;
}

// The values of a field that may be one or several.
std::vector<std::pair<std::string, const Value *>> each(const Value &value, const std::string &place) {
  std::vector<std::pair<std::string, const Value *>> all;
  if (!value.is(Kind::list))
    return {{place, &value}};
  for (std::size_t i = 0; i < value.list().size(); ++i)
    all.emplace_back(under(place, i), &value.list()[i]);
  return all;
}

bool has_type(const Value &object, Name name) {
  const Value *types = find(object, "type");
  if (types == nullptr)
    return false;
  for (const auto &[place, type] : each(*types, {}))
    if (type->is(Kind::text) && type->text() == name)
      return true;
  return false;
}

bool is_digest(Name text) {
  const std::size_t dollar = text.find('$');
  const Name name = text.substr(0, dollar);
  const std::size_t wanted = name == "sha256" ? 64 : name == "md5" ? 32 : 0;
  if (wanted == 0 || dollar == Name::npos)
    return false;
  const Name digits = text.substr(dollar + 1);
  return digits.size() == wanted && std::all_of(digits.begin(), digits.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

bool is_compact_jws(Name text) {
  if (std::count(text.begin(), text.end(), '.') != 2)
    return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  });
}

// Neither null nor an empty list, nor anything that holds one: places are written for those that are told.
bool is_full(const Value &value) {
  if (value.is(Kind::list))
    return !value.list().empty() && std::all_of(value.list().begin(), value.list().end(), is_full);
  if (value.is(Kind::context))
    return std::all_of(value.context().begin(), value.context().end(),
                       [](const auto &entry) { return is_full(entry.second); });
  return !value.is_null();
}

bool is_index(const Value &value) {
  if (value.is(Kind::text)) {
    const std::string &digits = value.text();
    return !digits.empty() && digits.size() <= 12 &&
           std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  }
  return value.is(Kind::number) && value.number().is_integer() && !value.number().is_negative();
}

Genre genre_of(const Value &credential) {
  if (has_type(credential, "ClrCredential"))
    return Genre::record;
  if (has_type(credential, "EndorsementCredential"))
    return Genre::endorsement;
  if (has_type(credential, "OpenBadgeCredential") || has_type(credential, "AchievementCredential"))
    return Genre::achievement;
  return Genre::unknown;
}

Name subject_of(Genre genre) {
  switch (genre) {
  case Genre::achievement:
    return "AchievementSubject";
  case Genre::endorsement:
    return "EndorsementSubject";
  case Genre::record:
    return "ClrSubject";
  case Genre::unknown:
    break;
  }
  return {};
}

class Walk {
public:
  Walk(const json::Verbatim &document, const Options &options) : document_(document), options_(options) {}

  Structure run() {
    if (!document_.value.is(Kind::context)) {
      add(Code::badge_structure, {}, must_be(whole, "un objet JSON", "a JSON object"));
      return std::move(structure_);
    }
    structure_.genre = genre_of(document_.value);
    credential(document_.value, {}, structure_.genre, false);
    if (!is_full(document_.value))
      everywhere(document_.value, {});
    delicate();
    return std::move(structure_);
  }

private:
  void add(Code code, std::string place, Sentences said, Weight weight = Weight::fault) {
    const bool fault = weight == Weight::fault || options_.usage == Usage::issuing;
    structure_.findings.push_back({code, fault ? Level::error : Level::warning, std::move(place),
                                   std::move(said.reason), std::move(said.remedy)});
  }
  // Whatever the usage.
  void warn(std::string place, Sentences said) {
    structure_.findings.push_back(
        {Code::badge_warning, Level::warning, std::move(place), std::move(said.reason), std::move(said.remedy)});
  }

  // --- A credential ---

  void credential(const Value &object, const std::string &place, Genre genre, bool nested) {
    // What a nested endorsement lacks was usual, and is tolerated.
    const Weight lacks = nested ? Weight::tolerated : Weight::fault;
    const bool vc11 = contexts(object, place, genre);
    if (genre == Genre::unknown && has_type(object, "VerifiableCredential"))
      add(Code::badge_structure, under(place, "type"),
          {{"le type n’est ni celui d’un badge, ni celui d’une recommandation, ni celui d’un relevé",
            "the type is neither that of a badge, nor of an endorsement, nor of a record"},
           {"Ajouter « OpenBadgeCredential », « EndorsementCredential » ou « ClrCredential »",
            "Add 'OpenBadgeCredential', 'EndorsementCredential' or 'ClrCredential'"}});
    if (!has_type(object, "VerifiableCredential"))
      add(Code::badge_structure, under(place, "type"), type_lacks("credential", "VerifiableCredential"));
    fields(object, place, *find_class("VerifiableCredential"));
    if (find(object, "id") == nullptr)
      add(Code::badge_structure, under(place, "id"), missing("id", whole),
          nested || genre == Genre::endorsement ? lacks : Weight::fault);
    if (find(object, "name") == nullptr && (genre == Genre::endorsement || genre == Genre::record))
      add(Code::badge_structure, under(place, "name"), missing("name", whole), lacks);
    if (nested && find(object, "proof") == nullptr)
      add(Code::badge_structure, under(place, "proof"),
          missing("proof", {"un document que contient un autre", "a document inside another"}), lacks);
    dates(object, place, vc11);
    subject(object, place, genre);
    for (const Name name : {Name("jti"), Name("endorsementJwt")})
      if (find(object, name) != nullptr)
        warn(under(place, name),
             {{fr(name) + " à ce niveau n’est défini que par l’un des deux contenus publiés du contexte 3.0.3",
               en(name) + " at this level is defined by one of the two published contents of the 3.0.3 context only"},
              {"L’éviter dans ce que l’on émet", "Avoid it in what is issued"}});
  }

  // True for Verifiable Credentials 1.1.
  bool contexts(const Value &object, const std::string &at, Genre genre) {
    const std::string place = under(at, "@context");
    const Value *value = find(object, "@context");
    if (value == nullptr)
      return false; // said with the required fields
    const auto all = each(*value, place);
    std::vector<Name> addresses;
    for (const auto &[where, one] : all) {
      if (!one->is(Kind::text)) {
        add(Code::badge_vocabulary, where,
            {{"le badge apporte son propre contexte, ce qu’un document ne peut faire",
              "the badge brings a context of its own, which a document may not"},
             {"Nommer les contextes par leur adresse", "Name the contexts by their address"}});
        addresses.emplace_back();
        own_context_ = true;
        continue;
      }
      const Name address = one->text();
      addresses.push_back(address);
      if (std::find(options_.contexts.begin(), options_.contexts.end(), address) != options_.contexts.end())
        own_context_ = true;
      else if (!pinned(address))
        add(Code::badge_vocabulary, where,
            {{"le contexte « " + std::string(address) + " » n’est pas de ceux que la bibliothèque connaît",
              "the context '" + std::string(address) + "' is not one that the library knows"},
             {"Remettre ce contexte à la vérification, ou s’en passer", "Hand the context over, or do without it"}});
    }
    const auto at_index = [&](std::size_t i) { return i < addresses.size() ? addresses[i] : Name(); };
    const bool vc11 = at_index(0) == vc1;
    if (vc11)
      add(Code::badge_warning, under(place, 0),
          {{"le badge suit la version 1.1 des attestations vérifiables",
            "the badge follows version 1.1 of verifiable credentials"},
           {"Émettre avec le contexte « " + std::string(vc2) + " »",
            "Issue with the context '" + std::string(vc2) + "'"}},
          Weight::tolerated);
    else if (at_index(0) != vc2)
      add(Code::badge_structure, under(place, 0),
          must_be({"le premier contexte", "the first context"}, "« " + std::string(vc2) + " »", en(vc2)));
    if (genre == Genre::unknown)
      return vc11;
    std::size_t next = 1;
    if (genre == Genre::record)
      version(at_index(next), under(place, next), clr_newest, among(clr_older, at_index(next))), ++next;
    version(at_index(next), under(place, next), ob_newest, among(ob_older, at_index(next)));
    return vc11;
  }

  void version(Name address, const std::string &place, Name newest, bool older) {
    if (address == newest)
      return;
    if (older)
      add(Code::badge_warning, place,
          {{"le contexte « " + std::string(address) + " » est d’une version ancienne",
            "the context '" + std::string(address) + "' is of an older version"},
           {"Émettre avec « " + std::string(newest) + " »", "Issue with '" + std::string(newest) + "'"}},
          Weight::tolerated);
    else
      add(Code::badge_structure, place,
          must_be({"ce contexte", "this context"}, "« " + std::string(newest) + " »", en(newest)));
  }

  void dates(const Value &object, const std::string &place, bool vc11) {
    const Value *from = find(object, "validFrom");
    const bool old_from = find(object, "issuanceDate") != nullptr;
    const bool old_until = find(object, "expirationDate") != nullptr;
    for (const Name name : {Name("issuanceDate"), Name("expirationDate")})
      if (find(object, name) != nullptr && !vc11)
        add(Code::badge_vocabulary, under(place, name), unknown_term(name));
    if (from == nullptr && !(vc11 && old_from))
      add(Code::badge_structure, under(place, vc11 ? "issuanceDate" : "validFrom"),
          missing(vc11 ? "issuanceDate" : "validFrom", whole));
    const auto start = moment_at(object, from != nullptr ? "validFrom" : "issuanceDate");
    const bool plain_until = find(object, "validUntil") != nullptr;
    const auto end = moment_at(object, plain_until || !old_until ? "validUntil" : "expirationDate");
    if (start && end && *end < *start)
      add(Code::badge_structure, under(place, plain_until ? "validUntil" : "expirationDate"),
          {{"le badge finit avant de commencer", "the badge ends before it starts"},
           {"Corriger l’une des deux dates", "Mend one of the two dates"}});
  }

  static std::optional<feel::DaysDuration> moment_at(const Value &object, Name name) {
    const std::string *text = text_at(object, name);
    return text == nullptr ? std::nullopt : read_instant(*text);
  }

  void subject(const Value &object, const std::string &at, Genre genre) {
    const Value *subject = find(object, "credentialSubject");
    if (subject == nullptr || genre == Genre::unknown)
      return;
    const std::string place = under(at, "credentialSubject");
    if (subject->is(Kind::list)) {
      add(Code::badge_structure, place, several("credentialSubject"));
      return;
    }
    if (!subject->is(Kind::context)) {
      add(Code::badge_structure, place, form("credentialSubject", "un objet", "an object"));
      return;
    }
    inside(*subject, place, *find_class(subject_of(genre)), "credentialSubject");
    if (genre == Genre::endorsement)
      return;
    const Value *identifiers = find(*subject, "identifier");
    if (find(*subject, "id") == nullptr && identifiers == nullptr)
      add(Code::badge_structure, place,
          {{"le badge ne dit pas à qui il est donné : ni « id », ni « identifier »",
            "the badge does not say who it was given to: neither 'id' nor 'identifier'"},
           {"Ajouter un identifiant du destinataire", "Add an identifier of the recipient"}},
          genre == Genre::record ? Weight::tolerated : Weight::fault);
    if (genre == Genre::achievement)
      results(*subject, place);
  }

  // Results name descriptions, and levels, of the achievement.
  void results(const Value &subject, const std::string &at) {
    const Value *results = find(subject, "result");
    const Value *achievement = find(subject, "achievement");
    if (results == nullptr || achievement == nullptr)
      return;
    const Value *descriptions = find(*achievement, "resultDescription");
    for (const auto &[place, result] : each(*results, under(at, "result"))) {
      const std::string *named = text_at(*result, "resultDescription");
      if (named == nullptr)
        continue;
      const Value *description = nullptr;
      if (descriptions != nullptr)
        for (const auto &[where, one] : each(*descriptions, {}))
          if (const std::string *id = text_at(*one, "id"); id != nullptr && *id == *named)
            description = one;
      if (description == nullptr) {
        add(Code::badge_structure, under(place, "resultDescription"),
            {{"aucune description de résultat n’a cet identifiant", "no result description has this id"},
             {"Nommer une description de « achievement/resultDescription »",
              "Name a description of 'achievement/resultDescription'"}},
            Weight::tolerated);
        continue;
      }
      const std::string *kind = text_at(*description, "resultType");
      if (kind != nullptr && *kind == "Status" && find(*result, "status") == nullptr)
        add(Code::badge_structure, under(place, "status"),
            missing("status", {"un résultat de type Status", "a result of type Status"}), Weight::tolerated);
      const std::string *level = text_at(*result, "achievedLevel");
      if (level == nullptr)
        continue;
      const Value *levels = find(*description, "rubricCriterionLevel");
      bool found = false;
      if (levels != nullptr)
        for (const auto &[where, one] : each(*levels, {}))
          if (const std::string *id = text_at(*one, "id"); id != nullptr && *id == *level)
            found = true;
      if (!found)
        add(Code::badge_structure, under(place, "achievedLevel"),
            {{"aucun niveau de la grille n’a cet identifiant", "no level of the rubric has this id"},
             {"Nommer un niveau de « rubricCriterionLevel »", "Name a level of 'rubricCriterionLevel'"}},
            Weight::tolerated);
    }
  }

  // --- The table ---

  void inside(const Value &object, const std::string &place, const Class &of, Name name) {
    if (of.typed && find(object, "type") != nullptr && !has_type(object, of.name))
      add(Code::badge_structure, under(place, "type"), type_lacks(name, of.name));
    fields(object, place, of);
    if (of.name == "IdentityObject")
      identity(object, place);
    else if (of.name == "Criteria" && find(object, "id") == nullptr && find(object, "narrative") == nullptr)
      warn(place, {{"les critères ne disent rien : ni « id », ni « narrative »",
                    "the criteria say nothing: neither 'id' nor 'narrative'"},
                   {"Écrire ce qu’il a fallu faire pour obtenir le badge", "Write what was needed to earn the badge"}});
    else if (of.name == "BitstringStatusListEntry")
      status_size(object, place);
  }

  void identity(const Value &object, const std::string &place) {
    const Value *hashed = find(object, "hashed");
    const std::string *hash = text_at(object, "identityHash");
    if (hashed != nullptr && hashed->is_true() && hash != nullptr && !is_digest(*hash))
      add(Code::badge_structure, under(place, "identityHash"),
          form("identityHash", "« sha256$ » ou « md5$ » puis l’empreinte en hexadécimal",
               "'sha256$' or 'md5$', then the digest in hexadecimal"));
  }

  void status_size(const Value &object, const std::string &place) {
    const Value *size = find(object, "statusSize");
    if (size == nullptr || !size->is(Kind::number))
      return;
    if (!size->number().is_integer() || size->number() < feel::Number(1))
      add(Code::badge_structure, under(place, "statusSize"),
          form("statusSize", "un entier positif", "a positive integer"));
    else if (size->number() > feel::Number(1) && find(object, "statusMessage") == nullptr)
      add(Code::badge_structure, under(place, "statusMessage"),
          missing("statusMessage", {"un état de plus d’un bit", "a status of more than one bit"}));
  }

  void fields(const Value &object, const std::string &place, const Class &of) {
    for (const Field &field : of.fields)
      if (field.need == Need::required && find(object, field.name) == nullptr)
        add(Code::badge_structure, under(place, field.name),
            missing(field.name, {std::string(of.name), std::string(of.name)}));
    for (const auto &[key, value] : object.context()) {
      if (const Field *field = find_field(of, key))
        member(value, under(place, key), *field);
      else
        unknown(key, under(place, key), of);
    }
  }

  void unknown(const std::string &key, std::string place, const Class &of) {
    if (key.starts_with('@') || key.find(':') != std::string::npos) {
      // The same data under another spelling would escape the rules (notes §8.1).
      add(Code::badge_vocabulary, std::move(place), respelled(key));
    } else if (of.closed) {
      add(Code::badge_structure, std::move(place), closed(key, of.name));
    } else if (!own_context_ && !known_term(key)) {
      add(Code::badge_vocabulary, std::move(place), unknown_term(key));
    }
  }

  void member(const Value &value, const std::string &place, const Field &field) {
    if (value.is(Kind::list)) {
      if (field.times == Times::one && field.form != Form::types) {
        add(Code::badge_structure, place, several(field.name));
        return;
      }
      for (std::size_t i = 0; i < value.list().size(); ++i)
        single(value.list()[i], under(place, i), field);
      return;
    }
    single(value, place, field);
  }

  void single(const Value &value, const std::string &place, const Field &field) {
    if (value.is_null())
      return; // said for whatever place it stands in
    switch (field.form) {
    case Form::text:
      words(value, place, field);
      return;
    case Form::uri:
      if (!value.is(Kind::text) || !is_uri(value.text()))
        add(Code::badge_structure, place,
            form(field.name, "une adresse absolue (« https:… », « did:… », « urn:… »)",
                 "an absolute address ('https:…', 'did:…', 'urn:…')"));
      return;
    case Form::date_time:
    case Form::moment:
      date_time(value, place, field);
      return;
    case Form::date:
      if (!value.is(Kind::text) || !is_day(value.text()))
        add(Code::badge_structure, place, form(field.name, "une date : 2026-01-31", "a date: 2026-01-31"));
      return;
    case Form::number:
      if (!value.is(Kind::number))
        add(Code::badge_structure, place, form(field.name, "un nombre", "a number"));
      return;
    case Form::boolean:
      if (!value.is(Kind::boolean))
        add(Code::badge_structure, place, form(field.name, "true ou false", "true or false"));
      return;
    case Form::profile:
      if (value.is(Kind::text)) {
        if (!is_uri(value.text()))
          add(Code::badge_structure, place,
              form(field.name, "un objet, ou une adresse absolue", "an object, or an absolute address"));
        return;
      }
      [[fallthrough]];
    case Form::object:
      if (!value.is(Kind::context))
        add(Code::badge_structure, place, form(field.name, "un objet", "an object"));
      else
        inside(value, place, *find_class(field.of), field.name);
      return;
    case Form::jws:
      if (!value.is(Kind::text) || !is_compact_jws(value.text()))
        add(Code::badge_structure, place, form(field.name, "une signature JWS compacte", "a compact JWS"));
      else
        structure_.inner.push_back({place, nullptr, value.text()});
      return;
    case Form::credential:
      inner(value, place, field);
      return;
    case Form::types:
      type(value, place);
      return;
    case Form::index:
      // Published lists write a number, and others a zero first: what is issued is what Bitstring Status List says.
      if (options_.usage == Usage::issuing ? !value.is(Kind::text) || !credentials::whole(value) : !is_index(value))
        add(Code::badge_structure, place,
            form(field.name, "un entier écrit en chiffres", "an integer written in digits"));
      return;
    case Form::status:
      status(value, place);
      return;
    case Form::context:
    case Form::anything:
      return;
    }
  }

  void words(const Value &value, const std::string &place, const Field &field) {
    if (!value.is(Kind::text)) {
      add(Code::badge_structure, place, form(field.name, "un texte", "a text"));
      return;
    }
    const std::string &text = value.text();
    if (field.need == Need::required && text.empty())
      add(Code::badge_structure, place, form(field.name, "un texte qui n’est pas vide", "a text that is not empty"));
    if (!field.among.empty() && std::find(field.among.begin(), field.among.end(), text) == field.among.end() &&
        !(field.extensible && extension(text)))
      add(Code::badge_structure, place, not_among(field.name, text, field.extensible));
  }

  static bool extension(Name text) {
    return text.starts_with("ext:") && text.size() > 4 && std::all_of(text.begin() + 4, text.end(), [](char c) {
             return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                    c == '_' || c == '-';
           });
  }

  void date_time(const Value &value, const std::string &place, const Field &field) {
    if (value.is(Kind::text) && read_instant(value.text()))
      return;
    const bool older =
        field.form == Form::moment && value.is(Kind::text) && (is_day(value.text()) || is_local(value.text()));
    add(Code::badge_structure, place,
        form(field.name, "un instant avec son fuseau : 2026-01-31T08:00:00Z",
             "an instant with its zone: 2026-01-31T08:00:00Z"),
        older ? Weight::tolerated : Weight::fault);
  }

  void type(const Value &value, const std::string &place) {
    if (!value.is(Kind::text))
      add(Code::badge_structure, place, form("type", "un texte", "a text"));
    else if (!own_context_ && !known_type(value.text()))
      add(Code::badge_vocabulary, place, unknown_type(value.text()));
  }

  void status(const Value &value, const std::string &place) {
    if (!value.is(Kind::context)) {
      add(Code::badge_structure, place, form("credentialStatus", "un objet", "an object"));
      return;
    }
    for (const Name name : {Name("BitstringStatusListEntry"), Name("1EdTechRevocationList")})
      if (has_type(value, name)) {
        inside(value, place, *find_class(name), "credentialStatus");
        return;
      }
    inside(value, place, *find_class("RefreshService"), "credentialStatus"); // an id and a type, as any other
  }

  void inner(const Value &value, const std::string &place, const Field &field) {
    if (value.is(Kind::text) && field.of.empty() && is_compact_jws(value.text())) {
      structure_.inner.push_back({place, nullptr, value.text()});
      return;
    }
    if (!value.is(Kind::context)) {
      add(Code::badge_structure, place, form(field.name, "un objet", "an object"));
      return;
    }
    const Genre genre = genre_of(value);
    if (field.of == "EndorsementCredential" && genre != Genre::endorsement) {
      add(Code::badge_structure, under(place, "type"), type_lacks(field.name, field.of));
      return;
    }
    structure_.inner.push_back({place, &value, {}});
    credential(value, place, genre, field.of == "EndorsementCredential");
  }

  // --- Whatever the place ---

  void everywhere(const Value &value, const std::string &place) {
    if (value.is_null()) {
      add(Code::badge_structure, place, null_value());
    } else if (value.is(Kind::list)) {
      if (value.list().empty())
        add(Code::badge_structure, place, empty_array());
      for (std::size_t i = 0; i < value.list().size(); ++i)
        everywhere(value.list()[i], under(place, i));
    } else if (value.is(Kind::context)) {
      for (const auto &[key, item] : value.context())
        everywhere(item, under(place, key));
    }
  }

  // What other implementations read or sign otherwise (notes §8.4, §8.5).
  void delicate() {
    for (const Diagnostic &one : hazards(document_))
      add(Code::badge_warning, one.where,
          {{"d’autres vérificateurs lisent ou signent autrement ce nombre ou ce texte", one.message},
           {"Écrire un nombre long comme un texte ; retirer tabulations et caractères de commande",
            "Write a long number as a text; remove tabs and control characters"}},
          Weight::tolerated);
  }

  const json::Verbatim &document_;
  const Options &options_;
  Structure structure_;
  bool own_context_ = false; // what the caller handed over may define any term
};

} // namespace

bool Structure::faulty() const noexcept {
  return std::any_of(findings.begin(), findings.end(), [](const Finding &one) { return one.level == Level::error; });
}

bool pinned(std::string_view address) noexcept {
  return address == vc2 || address == vc1 || address == ob_newest || address == clr_newest ||
         among(ob_older, address) || among(clr_older, address) || among(other_contexts, address);
}

Structure check(const json::Verbatim &document, const Options &options) { return Walk(document, options).run(); }

} // namespace spie::credentials::rules
