// XML as it comes: elements and their text, in UTF-8, whatever the size of the file and of its lines. The encoding is
// the one that the XML declaration gives, and nothing else. No document type, no entity, no address is followed.
#pragma once

#include "spie/exchange/import.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace spie::exchange {

struct XmlLimits {
  int depth = 64;                            // elements within one another
  std::size_t text = 64U << 10U;             // bytes of the text of one element
  std::size_t attributes = 64U << 10U;       // bytes of the attributes of one element
  std::size_t token = std::size_t{1} << 20U; // bytes of a tag or a comment
};

// Why the reading ended before the end. Words are French: they go into a report.
struct XmlFault {
  Code code{};
  std::int64_t line = 0;
  std::string motif, remede;
};

class XmlHandler {
public:
  virtual ~XmlHandler() = default;
  virtual void open(std::string_view name) = 0;
  // `text` is what stands between the tags of an element without children, "" for one that has some.
  virtual void close(std::string_view name, std::string_view text) = 0;
};

// Throws XmlFault: I002 for what is no XML or has a document type, I003 for the encoding, I004 for a limit, I009 for a
// file that ends early or is ill-formed further on. What the handler throws passes through.
void read_xml(Octets &bytes, XmlHandler &handler, const XmlLimits &limits = {});

} // namespace spie::exchange
