// XML as it comes: elements and their text, in UTF-8, whatever the size of the file and of its lines. The encoding is
// the one that the XML declaration gives, and nothing else. No address is followed and no entity is defined; a document
// type is refused where it is not asked for.
#pragma once

#include "spie/diagnostic.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace spie::xml {

struct Limits {
  int depth = 64;                            // elements within one another
  std::size_t text = 64U << 10U;             // bytes of the text of one element
  std::size_t attributes = 64U << 10U;       // bytes of the attributes of one element
  std::size_t token = std::size_t{1} << 20U; // bytes of a tag or a comment
  bool document_type = false; // one may stand there: nothing that it names is read, and it declares no entity
  bool utf8_alone = false;    // no other encoding may be declared
};

// Why the reading ended before the end. Words are French: they go into the report of an import, and so are the codes.
struct Fault {
  Code code{};
  std::int64_t line = 0;
  std::string motif, remede;
  std::int64_t offset = 0; // in bytes
};

// A start tag as it stands in the document.
struct Tag {
  std::string_view name;
  const char *const *attributes; // name, value, name, value…, and a null pointer
  std::int64_t begin, end;       // its bytes; those of the whole element where it is written <a/>
};

class Handler {
public:
  virtual ~Handler() = default;
  virtual void open(std::string_view name) = 0;
  // `text` is what stands between the tags of an element without children, "" for one that has some.
  virtual void close(std::string_view name, std::string_view text) = 0;
  // For who wants more of a tag than its name.
  virtual void open_tag(const Tag &tag) { open(tag.name); }
  // The same end, with where the end tag stands.
  virtual void close_tag(std::string_view name, std::string_view text, std::int64_t /*begin*/, std::int64_t /*end*/) {
    close(name, text);
  }
};

// Fills the buffer with what comes next, and says how much; 0 at the end. What it throws passes through.
using Source = std::function<std::size_t(char *buffer, std::size_t size)>;

// Throws Fault: I002 for what is no XML or has a document type, I003 for the encoding, I004 for a limit, I009 for a
// file that ends early or is ill-formed further on. What the handler throws passes through.
void read(const Source &source, Handler &handler, const Limits &limits = {});

} // namespace spie::xml
