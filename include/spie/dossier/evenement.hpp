// What a journal holds: dated facts in an envelope that says who said them, when, and where it was read. An event is
// never edited; a correction is another event (docs/dossier.md).
#pragma once

#include "spie/feel/temporal.hpp"
#include "spie/feel/value.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::dossier {

// An instant of record, in UTC, to the millisecond.
struct Instant {
  std::int64_t ms = 0; // since 1970-01-01T00:00:00Z
  // "2022-03-05T08:00:00Z", "…+01:00", "…@Europe/Paris"; nullopt for anything else, a local time too.
  static std::optional<Instant> parse(std::string_view text);
  // The last millisecond of that day in Paris: what was known "on the 5th".
  static Instant end_of_day(feel::Date date);
  feel::Date date() const;       // in UTC
  std::string to_string() const; // "2022-03-05T08:00:00.000Z"
  friend auto operator<=>(const Instant &, const Instant &) = default;
};

// What an event is about.
enum class Genre : std::uint8_t {
  personne,
  foyer, // a household
  structure,
  professionnel,
  instance, // a meeting of institutions about cases
  import_,  // the reading of one file
  journal,  // the store itself: erasures, keys
};
std::string_view text(Genre genre) noexcept;
std::optional<Genre> genre_of(std::string_view text) noexcept;

struct Sujet {
  Genre genre = Genre::personne;
  std::string id;                                           // opaque
  static std::optional<Sujet> parse(std::string_view text); // "personne:4kq9…"
  std::string to_string() const;
  friend auto operator<=>(const Sujet &, const Sujet &) = default;
};

// The grain of a date: a month stands for its first day, a year for 1 January.
enum class Precision : std::uint8_t { jour, mois, annee };
std::string_view text(Precision precision) noexcept;

// When the fact holds: from `debut`, that day included, to `fin`, that day excluded.
struct Effet {
  feel::Date debut;
  std::optional<feel::Date> fin;
  Precision precision = Precision::jour;
  friend bool operator==(const Effet &, const Effet &) = default;
};

// Where it was read.
struct Source {
  std::string nom;          // "caf.vrsb", "france_travail.extrait", "carnet", "saisie"
  std::string document;     // SHA-256 of the file, 64 digits; empty when nothing was read
  std::string place;        // in it: "InfosFoyerRSA[12]/Personne[1]"
  std::string cle;          // of the record in the source; no NIR stands in it
  std::string nomenclature; // version of the lists that its codes belong to
  std::string import_id;    // the import that read it: its events count once that import is closed
  bool sans_date = false;   // it gives the fact no date: the effect begins on the day of the file
  friend bool operator==(const Source &, const Source &) = default;
};

struct Evenement {
  std::string id;            // given by the caller, or drawn when it is empty; unique in the store
  std::int64_t seq = 0;      // order of record, from 1; given by the store
  Instant enregistre;        // given with the batch
  std::vector<Sujet> sujets; // the first one holds the event; the others are concerned
  std::string type;          // contenu.hpp lists them
  int version = 1;           // of the payload
  Effet effet;
  std::string auteur; // who records: a professional, a program
  Source source;
  std::string corrige;   // the event that this one replaces or retracts; empty for none
  std::string acte = {}; // the act that it is of, with others at times (parcours/acte.hpp); empty for none
  feel::Context contenu; // the payload
};

// The event as JSON carries it, keys in this order: id, seq, enregistre, type, version, sujets, effet, auteur, source,
// corrige, acte, contenu. Empty parts are left out.
feel::Value to_value(const Evenement &evenement);
// Throws Error E001 with the place of the fault. An event to be recorded has neither seq nor enregistre. A payload of
// an older version is brought to the current one.
Evenement read_evenement(const feel::Value &value);
// {"debut", "fin", "precision"}, the last two at will. Throws Error E001 with its place under /effet.
Effet read_effet(const feel::Value &value);

// How far knowledge goes: everything, or what was recorded up to a seq, an instant, the end of a day in Paris.
struct Connaissance {
  std::optional<std::int64_t> seq;
  std::optional<Instant> instant;
  // "2022-06-01", "2022-06-01T10:00:00Z" or "#1234"; nullopt for anything else.
  static std::optional<Connaissance> parse(std::string_view text);
  bool covers(std::int64_t at_seq, Instant at) const noexcept {
    return (!seq || at_seq <= *seq) && (!instant || at <= *instant);
  }
};

} // namespace spie::dossier
