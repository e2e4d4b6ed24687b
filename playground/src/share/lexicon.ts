/**
 * What dataflows say again and again. A link tells of it by its place here, so this text stays as it is for ever: a letter
 * changed would change every link that was made with it. Another text would be another lexicon, beside this one. The
 * command line tells its links by the same file.
 */

export { default as LEXICON } from "../../../src/headwater/lexicon.txt?raw";
