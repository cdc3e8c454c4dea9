"""Common first names of people in the United Kingdom, lower case.

Names that are also ordinary words, months or places (April, Rose, Mark, Will, Grace, Jordan) are left out: a missed
name costs a reminder, a false one interrupts a learner.
"""

_NAMES = """
aaron abdul abdullah abigail adam adele adrian agnieszka ahmed aisha alan alastair albert alex alexander alexandra
alfie ali alice alison alistair amanda amelia amina amir amy andrea andrew andy angela anita ann anna anne anthony
anya archie arjun arthur ayesha barbara barry beata ben benjamin bernadette beth bethany bilal bob brenda brian
bridget bronwen bryn callum cameron carl carol caroline catherine cerys charles charlotte chloe chris christine
christopher claire clare colin connor craig damian dan daniel danielle darren dave david dawid dean debbie deborah
denise derek diane dominic donna dorothy doug douglas dylan edward eileen elaine eleanor elizabeth ella ellie emily
emma erin ethan evan ewa fatima fiona florence fred freya gareth gary gavin gemma george georgia gillian gordon
graham greg gwen hannah harriet hassan hayley heather helen henry hussein ian ibrahim imran irene isabella isla jack
jacob jacqueline jake jakub james jamie jane janet janice jason jean jenna jennifer jenny jess jessica jill jim joan
joanna joanne joe joel john jonathan joseph josh joshua joyce judith julia julian julie karen karl kate katherine
kathleen kathryn katie keith kelly ken kenneth kerry kevin khadija kieran kim kirsty krzysztof kyle lauren leah
leanne lee leon lesley lewis liam linda lisa liz louise lucy luke lynn lynne maciej maisie malcolm malgorzata
margaret maria marian marie marion martin mary maryam matt matthew maureen megan melanie mia michael michelle mike
mohammad mohammed mohamed monika muhammad mustafa naomi natalie natasha nathan neil niall niamh nicholas nick nicola
nicole nigel nikita noah olivia omar oscar owen pamela patricia patrick paul paula pauline peter phil philip phillip
piotr poppy priya rachel raj rajesh rebecca rhian rhys richard rob robert robin roger ross ruth ryan sally sam
samantha samuel sandra sara sarah scarlett sean shannon sharon sheila simon sinead siobhan sofia sophia sophie
stacey stanley stephanie stephen steve steven stuart sue sunita susan suzanne tanya tara ted teresa terry theo
thomas tim timothy toby tom tomasz tony tracey tracy trevor tyler valerie vanessa veronica vicky victoria vikram
vincent wayne wendy william yasmin yusuf yvonne zainab zoe zofia
"""
FIRST_NAMES = frozenset(_NAMES.split())
